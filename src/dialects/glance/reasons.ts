/** Reasons for errors of Glance and of the services over it, for the tables of natural problems. */
import { DomainError } from '../../domain/problem.ts';
import type { FaultRequest, NaturalProblem, ProblemsByName } from '../dialect.ts';
import { withJson } from '../shared/request-values.ts';
import { GlanceError, glanceErrorReply, unsupportedMediaType } from './errors.ts';
import { mediaType, parseBody, rejectBody } from './wire.ts';

/** The error that a parser or a handler of Glance throws. */
export const glanceReason =
  (error: (request: FaultRequest) => GlanceError): NaturalProblem =>
  (request) =>
    error(request).reply(request.call);

/** The error that an action throws for what it is given here: a parser, for a value that it rejects. */
export const thrownBy =
  (action: (request: FaultRequest) => unknown): NaturalProblem =>
  (request) => {
    try {
      action(request);
    } catch (error) {
      if (error instanceof GlanceError) return error.reply(request.call);
      if (error instanceof DomainError) return error.problem;
      throw error;
    }
    throw new Error(`Nothing was rejected for ${request.operationId}.${request.status}.`);
  };

/** The request has a body, and the operation accepts none. */
export const BODY_UNEXPECTED: ProblemsByName = {
  'body-unexpected': thrownBy(({ call }) => rejectBody(withJson(call, {}))),
};

/** The body is not JSON. */
export const BODY_MALFORMED: ProblemsByName = {
  'body-malformed': thrownBy(({ call }) => parseBody({ ...withJson(call, {}), body: Buffer.from('{') })),
};

/** The operation does not accept the media type of the body. */
export const MEDIA_TYPE: ProblemsByName = {
  'media-type': glanceReason(({ call }) => unsupportedMediaType(mediaType(call))),
};

/** The error of a path that does not exist. */
export const PATH_NOT_FOUND: ProblemsByName = {
  'not-found': ({ call }) => glanceErrorReply(404, 'The resource could not be found.', call),
};
