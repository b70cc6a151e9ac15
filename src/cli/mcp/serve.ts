/**
 * The MCP server. It is a bundle of its own (scripts/bundle.mjs), because no other command needs the SDK. Its output is the
 * protocol, so that nothing else may be written to it.
 */
import type { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { InputError, nearestName, packageVersion } from '../../index.ts';
import { type AdminTarget, CommandError } from '../client.ts';
import { checkArguments } from './check-arguments.ts';
import { listPages, readPage } from './resources.ts';
import { type Arguments, type Tool, WORLD } from './tool.ts';
import { TOOLS } from './tools.ts';

/** Where an MCP server gets its messages from, and what it controls. */
export interface McpOptions {
  readonly target: AdminTarget;
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Resolves when the user stops the command. */
  stopped(): Promise<void>;
}

const INSTRUCTIONS =
  'Sideglance is a test double for cloud image services. Point a client at a world (show_world has its settings), enable a ' +
  'scenario or arm a fault, run the client, then look at what it did: list_requests, verify, conduct, coverage.';

/** Serves MCP until the client closes its end, or the user stops the command. */
export async function serveMcp({ target, stdin, stdout, stopped }: McpOptions): Promise<void> {
  const server = new Server(
    { name: 'sideglance', version: packageVersion() },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(describe) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => call(params.name, params.arguments ?? {}, target));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [...listPages()] }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const text = readPage(uri);
    if (text === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri}.`);
    return { contents: [{ uri, mimeType: 'text/markdown', text }] };
  });
  const ended = new Promise<void>((resolve) => stdin.once('end', resolve));
  await server.connect(new StdioServerTransport(stdin, stdout));
  await Promise.race([ended, stopped()]);
  await server.close();
}

const describe = ({ name, description, effect, properties, required = [] }: Tool) => ({
  name,
  description,
  inputSchema: {
    type: 'object' as const,
    properties: { ...properties, world: WORLD },
    required: [...required],
    additionalProperties: false,
  },
  annotations: { readOnlyHint: effect === 'reads', destructiveHint: effect === 'removes', openWorldHint: false },
});

/** Runs a tool. What the agent can do something about is a result with `isError`, which it gets to read. */
async function call(name: string, { world, ...input }: Arguments, target: AdminTarget): Promise<CallToolResult> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) {
    const names = TOOLS.map((one) => one.name);
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? `Tools: ${names.join(', ')}.` : `Did you mean ${nearest}?`;
    throw new McpError(ErrorCode.InvalidParams, `There is no tool ${name}. ${hint}`);
  }
  try {
    checkArguments(tool, { ...input, ...(world !== undefined && { world }) });
    const output = await tool.run(input, { ...target, ...(typeof world === 'string' && { world }) });
    return textResult(output === undefined ? 'Done.' : JSON.stringify(output, null, 2));
  } catch (error) {
    if (error instanceof InputError || error instanceof CommandError) return textResult(error.message, true);
    throw error;
  }
}

const textResult = (text: string, isError = false): CallToolResult => ({
  content: [{ type: 'text', text }],
  ...(isError && { isError }),
});
