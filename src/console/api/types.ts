// Written by `npm run generate`; do not edit.

export type ListContractsResponse = readonly {
  /** The API. */
  readonly dialect: string;
  /** Operation id within the API. */
  readonly operation: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, including the mount. */
  readonly path: string;
  /** Items: A documented status. */
  readonly statuses: readonly number[];
}[];
/** Events `request`, `update`, `dropped` and `cleared` with JSON data. */
export type FollowRequestsResponse = string;

export interface Error {
  readonly error: {
    /** The status. */
    readonly code: number;
    /** Its reason phrase. */
    readonly title: string;
    /** What is wrong. */
    readonly message: string;
    /** JSON pointer of the first invalid value. */
    readonly pointer?: string;
    /** That value. */
    readonly value?: unknown;
    /** What is allowed there, in words or as a list. */
    readonly allowed?: unknown;
    readonly issues?: readonly {
      /** JSON pointer; for a query parameter, its name. */
      readonly pointer?: string;
      /** What is wrong. */
      readonly message?: string;
      /** The value found. */
      readonly value?: unknown;
      /** What is allowed there. */
      readonly allowed?: unknown;
    }[];
  };
}
export interface Scenario {
  /** The name. */
  readonly name: string;
  /** What happens. */
  readonly description: string;
  /** Whether it is active in this world. */
  readonly enabled: boolean;
  /** How often its rules fired in this world since it was enabled. */
  readonly hits: number;
  readonly ruleHits: readonly {
    /** Requests that matched the rule. */
    readonly seen: number;
    /** How often it fired. */
    readonly fired: number;
    /** When it last fired, by the world's clock; absent if it never fired. */
    readonly last?: string;
  }[];
  /** The file that it came from, or admin. */
  readonly place: string;
  /** What a correct client does. */
  readonly expect?: string;
  /** Its place among the enabled scenarios, from 1; lower ones match first. */
  readonly order?: number;
  /** Remaining requests, when it was enabled for a number of requests. */
  readonly callsLeft?: number;
  /** When it expires, when it was enabled for a time. */
  readonly until?: string;
  readonly states?: {
    /** The state at the beginning. */
    readonly initial: string;
    /** What has a state of its own: image, project, user or client; rule: one state for all requests. */
    readonly per: string;
    /** Items: A state. */
    readonly all: readonly string[];
    /** The state of all that have none of their own. */
    readonly now: string;
    /** States that differ, by id. */
    readonly of: {
      readonly [k: string]: string;
    };
  };
  /** Items: A warning about a rule that is valid but unusual. */
  readonly notes?: readonly string[];
  /** Items: A rule as written; only showScenario returns them. */
  readonly rules?: readonly {
    readonly [k: string]: unknown;
  }[];
  /** Certificate that the ports present while it is enabled. */
  readonly certificate?: string;
}
export interface ArmedFault {
  /** Id of the fault; also in journal entries. */
  readonly id: string;
  /** Items: An operation that it matches, as dialect.operation. */
  readonly operations: readonly string[];
  /** Requests that matched it. */
  readonly seen: number;
  /** How often it fired. */
  readonly fired: number;
  /** Whether it cannot fire any more. */
  readonly expired: boolean;
  /** When it last fired, by the world's clock; absent if it never fired. */
  readonly last?: string;
}
/** Headers and body of a request or a response. */
export interface Message {
  readonly headers: readonly {
    /** As sent. */
    readonly name: string;
    /** Secrets are redacted. */
    readonly value: string;
  }[];
  readonly body?: {
    /** Bytes of the body that arrived or were sent, stored or not. */
    readonly size: number;
    /** The body, or its beginning, if it is valid UTF-8. Secrets are redacted. */
    readonly text?: string;
    /** The body, or its beginning, if it is not valid UTF-8. */
    readonly base64?: string;
    /** Whether the body is longer than what the journal stores of it. */
    readonly truncated?: boolean;
    /** Whether the body is still arriving. */
    readonly arriving?: boolean;
    /** Digests of an upload, by algorithm. */
    readonly digests?: {
      readonly [k: string]: string;
    };
  };
}
/** The response that would be sent, without the headers that all responses get. */
export interface HeldResponse {
  /** Its status. */
  readonly status: number;
  readonly headers: readonly {
    /** As sent. */
    readonly name: string;
    /** Secrets are redacted. */
    readonly value: string;
  }[];
  readonly body?: {
    /** Bytes of the body that arrived or were sent, stored or not. */
    readonly size: number;
    /** The body, or its beginning, if it is valid UTF-8. Secrets are redacted. */
    readonly text?: string;
    /** The body, or its beginning, if it is not valid UTF-8. */
    readonly base64?: string;
    /** Whether the body is longer than what the journal stores of it. */
    readonly truncated?: boolean;
    /** Whether the body is still arriving. */
    readonly arriving?: boolean;
    /** Digests of an upload, by algorithm. */
    readonly digests?: {
      readonly [k: string]: string;
    };
  };
}
export interface HeldRequest {
  /** Its id, unique in its world. */
  readonly id: string;
  /** Name of the world. */
  readonly world: string;
  /** Held before the operation, or after it. */
  readonly at: 'request' | 'response';
  /** Scenario, or id of the one-off fault. */
  readonly scenario: string;
  /** Index of the rule in its scenario, from 0. */
  readonly rule: number;
  /** dialect.operation. */
  readonly operation: string;
  /** As sent. */
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** When it was held, by the machine's clock. */
  readonly since: string;
  /** When it goes on by itself. */
  readonly until: string;
  readonly request: Message;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** Id of the image in its path. */
  readonly image?: string;
  /** Label of the request. */
  readonly label?: string;
  readonly response?: HeldResponse;
}
export interface StoredImage {
  /** UUID. */
  readonly id: string;
  /** Its name. */
  readonly name: string | null;
  /** Project id. */
  readonly owner: string | null;
  /** Status of the image. */
  readonly status: string;
  /** Who sees it. */
  readonly visibility: string;
  /** Whether it cannot be deleted. */
  readonly protected: boolean;
  /** Whether lists leave it out. */
  readonly hidden: boolean;
  /** Container format. */
  readonly containerFormat: string | null;
  /** Disk format. */
  readonly diskFormat: string | null;
  /** GiB. */
  readonly minDisk: number;
  /** MiB. */
  readonly minRam: number;
  /** Bytes. */
  readonly size: number | null;
  /** Bytes. */
  readonly virtualSize: number | null;
  /** MD5 of its data. */
  readonly checksum: string | null;
  /** Algorithm of hashValue. */
  readonly hashAlgorithm: string | null;
  /** Digest of its data. */
  readonly hashValue: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** ISO 8601. */
  readonly deletedAt: string | null;
  /** Items: A tag. */
  readonly tags: readonly string[];
  /** Further properties. */
  readonly properties: {
    readonly [k: string]: string;
  };
  readonly members: readonly {
    /** Project id. */
    readonly project: string;
    /** Status of the membership. */
    readonly status: string;
  }[];
  /** Items: Id of a server. */
  readonly usedBy: readonly string[];
}
/** A request of the journal. Summaries omit `request` and `response`. */
export interface Entry {
  /** Increases within a world. */
  readonly id: number;
  /** Increases over all worlds of the process. */
  readonly sequence: number;
  /** Milliseconds since 1970 when the response began, by the world's clock. */
  readonly time: number;
  /** Milliseconds since 1970, by the machine's clock, at which the request head had arrived. */
  readonly started: number;
  /** Name of the world. */
  readonly world: string;
  /** The API that received the request. */
  readonly dialect: string;
  /** dialect.operation; null when no operation has this path. */
  readonly operation: string | null;
  /** As sent. */
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Status of the response; 0 when there was none. */
  readonly status: number;
  /**
   * Whether the response came from state and input, also needed a profile other than the default (by-profile), or was
   * produced by a rule.
   */
  readonly source: 'natural' | 'by-profile' | 'injected';
  /** Whether the client received the whole response. */
  readonly outcome: 'complete' | 'faulty' | 'client gone' | 'pending';
  /** 1, or one more for each failed attempt at the same request right before. */
  readonly attempt: number;
  readonly connection: {
    /** Number of the connection. */
    readonly id: number;
    /** Number of the request on it. */
    readonly request: number;
  };
  readonly timings: {
    /** Milliseconds from the arrival of the request head. */
    readonly firstByte: number;
    /** Milliseconds from the arrival of the request head. */
    readonly lastByte: number;
  };
  /** Duration by the machine's clock. */
  readonly milliseconds: number;
  /** Items: A profile without which the response would be another one. */
  readonly profiles?: readonly string[];
  /** The rule that fired, and what it did. */
  readonly fault?: {
    /** Scenario, id of the one-off fault, or request header. */
    readonly scenario: string;
    /** Index of the rule in its scenario, from 0. */
    readonly rule: number;
    /** What the rule did: answer, delay, cut, ... */
    readonly kind: string;
    /** When the effect of the request took place: before, after, twice or late. */
    readonly phase: string;
    /** Whether somebody decided it by hand while the request was held. */
    readonly byHand?: boolean;
  };
  /** The User-Agent. */
  readonly userAgent?: string;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** Id of the image that the request names or created. */
  readonly image?: string;
  /** The label that was set when the request arrived. */
  readonly label?: string;
  readonly request?: Message;
  readonly response?: Message;
  /** Items: A similar operation, with its method and path. */
  readonly nearest?: readonly string[];
  readonly violations?: readonly {
    /** JSON pointer. */
    readonly pointer: string;
    /** What is wrong. */
    readonly message: string;
  }[];
  /** Likely cause of an unexpected response. */
  readonly hint?: string;
  /** An internal error of Sideglance. */
  readonly failure?: string;
  /** What is wrong with bytes that are not an HTTP request. Method and URL are empty unless they could be read. */
  readonly invalid?: string;
}
/** The response that a request would receive now. */
export interface NaturalResponse {
  /** Its status. */
  readonly status: number;
  /** When it was found out, by the world's clock. */
  readonly time: string;
  readonly headers: readonly {
    /** As sent. */
    readonly name: string;
    /** Secrets are redacted. */
    readonly value: string;
  }[];
  readonly body?: {
    /** Bytes of the body that arrived or were sent, stored or not. */
    readonly size: number;
    /** The body, or its beginning, if it is valid UTF-8. Secrets are redacted. */
    readonly text?: string;
    /** The body, or its beginning, if it is not valid UTF-8. */
    readonly base64?: string;
    /** Whether the body is longer than what the journal stores of it. */
    readonly truncated?: boolean;
    /** Whether the body is still arriving. */
    readonly arriving?: boolean;
    /** Digests of an upload, by algorithm. */
    readonly digests?: {
      readonly [k: string]: string;
    };
  };
}
export interface GetIndexResponse {
  readonly name: 'sideglance';
  /** Version of the package. */
  readonly version: string;
  /** The world that this address controls. */
  readonly world: string;
  /** Items: Name of a world. */
  readonly worlds: readonly string[];
  /** Address of the OpenAPI document. */
  readonly openapi: string;
  readonly operations: readonly {
    /** Operation id. */
    readonly id: string;
    /** Upper case. */
    readonly method: string;
    /** Path template, from the root of the server. */
    readonly path: string;
    /** What it does. */
    readonly summary: string;
    /** Its group. */
    readonly tag: string;
  }[];
}
export interface GetHealthResponse {
  readonly status: 'ok';
}
export interface GetReadyResponse {
  readonly status: 'ready';
}
/** This document. */
export interface GetOpenapiResponse {
  readonly [k: string]: unknown;
}
export interface ListPortsResponse {
  readonly ports: readonly {
    /** common, admin, or the API that has the port. */
    readonly name: string;
    /** The port. */
    readonly port: number;
    /** What happens to new connections. refusing: nothing listens. resetting: they are accepted and reset. */
    readonly state: 'open' | 'refusing' | 'resetting';
  }[];
}
export interface ChangePortBody {
  /** What happens to new connections. refusing: nothing listens. resetting: they are accepted and reset. */
  readonly state?: 'open' | 'refusing' | 'resetting';
  /** How long, by the clock of the machine: seconds, or text such as 5s. Default: until it is opened. */
  readonly for?: number | string;
  /** How many connections are reset before the port opens. Default: all. */
  readonly connections?: number;
  /**
   * The certificate that it presents. valid: signed by the authority that clients trust. expired: valid until
   * yesterday. not-yet-valid: valid from tomorrow on. wrong-host: for another host. self-signed: signed with its own
   * key. unknown-authority: signed by an authority that clients do not know.
   */
  readonly certificate?: 'valid' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-authority';
}
export interface ChangePortResponse {
  /** common, admin, or the API that has the port. */
  readonly name: string;
  /** The port. */
  readonly port: number;
  /** What happens to new connections. refusing: nothing listens. resetting: they are accepted and reset. */
  readonly state: 'open' | 'refusing' | 'resetting';
}
export interface CreateWorldBody {
  /** 1 to 64 letters, digits, ".", "_" and "-"; generated when omitted. */
  readonly name?: string;
  /** Fixture file, directory or "default"; a list of these; or the fixtures themselves. */
  readonly fixtures?:
    | string
    | readonly string[]
    | {
        readonly [k: string]: unknown;
      };
  /** World to copy in its current state, instead of loading fixtures. */
  readonly fork?: string;
  /** Snapshot of that world, or of the default world, to copy instead of the current state. */
  readonly snapshot?: string;
  /** Limits of the services. */
  readonly limits?: {
    /** Maximum size of the data of an image. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly imageSizeCap?: number | string;
    /** Images on a page of image-v2 for requests without a limit. */
    readonly listDefault?: number;
    /** Maximum number of images on a page of image-v2. */
    readonly listMost?: number;
    /** Lifetime of a token in seconds. */
    readonly tokenSeconds?: number;
    /** Requests of an account in a minute, in APIs that document such a limit. null means no limit. */
    readonly callsPerMinute?: number | null;
    /**
     * Maximum size of the cache of image-v2 after it is pruned. null means no limit. Bytes, or a number with a unit:
     * 512MiB, 2TiB.
     */
    readonly cacheBytes?: number | string | null;
  };
  /** Quotas of each project and of each image. null means no limit. */
  readonly quotas?: {
    /** Total size of the images of a project. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly storage?: number | string | null;
    /**
     * Total size of the images of a project in whole MiB; a project at the quota cannot add data. Bytes, or a number
     * with a unit: 512MiB, 2TiB.
     */
    readonly size?: number | string | null;
    /** Images of a project. null means no limit. */
    readonly images?: number | null;
    /** Total size of the data of a project that is staged for imports. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly staged?: number | string | null;
    /** Images of a project that receive data at the same time. null means no limit. */
    readonly uploading?: number | null;
    /** Tags of an image. */
    readonly tags?: number;
    /** Additional properties of an image. */
    readonly properties?: number;
    /** Members of an image. */
    readonly members?: number;
    /** Stores that hold the data of an image. */
    readonly locations?: number;
  };
  /**
   * How uploads, staging, imports, exports, snapshots, copies, sharing and caching progress: by the first rule that
   * matches, otherwise by kind. * applies to all kinds without an entry, except uploads and staging.
   */
  readonly progress?: {
    /** Rules for single tasks. They take precedence over kinds. */
    readonly rules?: readonly {
      /** Tasks that the rule applies to. All given members must match. */
      readonly match: {
        /** What the task does. */
        readonly kind?: 'upload' | 'stage' | 'import' | 'export' | 'snapshot' | 'copy' | 'share' | 'cache' | 'build';
        /** Dialect that starts the task: image-v2, ims. * matches any number of characters, ? matches one. */
        readonly api?: string;
        /**
         * Name of the task in that dialect: api_image_import, imsCopyImageInRegionJob. * matches any number of
         * characters, ? matches one.
         */
        readonly type?: string;
        /**
         * Id or name of an image that the task works on or creates. * matches any number of characters, ? matches one.
         */
        readonly image?: string;
        /** Id or name of the project that starts the task. * matches any number of characters, ? matches one. */
        readonly project?: string;
        /** Id or name of the user who starts the task. * matches any number of characters, ? matches one. */
        readonly user?: string;
      };
      /** Number of tasks that the rule applies to before it is removed. Default: all tasks. */
      readonly times?: number;
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    }[];
    '*'?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly upload?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly stage?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly import?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly export?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly snapshot?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly copy?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly share?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly cache?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly build?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
  };
  /**
   * Choices where the reference and the running service differ, or where the documents of a service disagree: by
   * dialect, then by name of the profile.
   */
  readonly profiles?: {
    readonly [k: string]: {
      readonly [k: string]: string | number;
    };
  };
  /** Release of the services of OpenStack: what the Image, Compute and Identity APIs have and do. */
  readonly release?: 'zed' | '2025.1' | '2026.2' | 2025.1 | 2026.2;
  /** Stores for image data. An empty list means a single store without a name. */
  readonly stores?: readonly {
    /** Id of the store. */
    readonly id: string;
    /** Description of the store. */
    readonly description?: string;
    /** Whether the store takes data that names no store. Default: true for the first store if no store sets it. */
    readonly default?: boolean;
    /** Whether the store rejects data. Default: false. */
    readonly readOnly?: boolean;
    /** Kind of backend. Default: file. */
    readonly type?: string;
    /** Of several copies, the one in the store with the largest weight is read. */
    readonly weight?: number;
    /** Details that only administrators see. */
    readonly properties?: {
      readonly [k: string]: string | number | boolean;
    };
  }[];
  /**
   * Files elsewhere that images are imported from, by address (http or https), without any network. * in an address
   * matches any number of characters; an address of its own takes precedence, then the first pattern that matches.
   */
  readonly web?: {
    /**
     * What the address returns: a text, or an object with data (text, base64, file or virtual), an error, a redirect or
     * the status of an error.
     */
    readonly [k: string]:
      | {
          /** The bytes of this text in UTF-8. */
          readonly text?: string;
          /** Bytes in base64. */
          readonly base64?: string;
          /** Path of a file, relative to the fixture file. */
          readonly file?: string;
          /** Reproducible bytes of any size, generated while they are read. */
          readonly virtual?: {
            /** Number of bytes. Bytes, or a number with a unit: 512MiB, 2TiB. */
            readonly size: number | string;
            /** The same seed generates the same bytes. Default: 0. */
            readonly seed?: number;
          };
          /**
           * Why there is no response. refused, reset: the connection. dns: the host has no address. timeout: nothing
           * comes, for 127 seconds or for "seconds".
           */
          readonly error?: 'refused' | 'reset' | 'dns' | 'timeout';
          /** Status of the response. Default: 200. */
          readonly status?: number;
          /** Address that the response redirects to (302). */
          readonly redirect?: string;
          /** Number of redirects before the response, each to another address. More than 10 are too many. */
          readonly redirects?: number;
          /**
           * Content-Length; null for a response without one. Default: the size of the data. Bytes, or a number with a
           * unit: 512MiB.
           */
          readonly contentLength?: number | string | null;
          /** Where the connection ends, although more was announced. Bytes, or a number with a unit: 512MiB. */
          readonly truncateAfter?: number | string;
          /** Speed of the data, by the world's clock. Bytes, or a number with a unit: 512MiB. */
          readonly bytesPerSecond?: number | string;
          /** Seconds by the world's clock before the response, or before a connection without one is given up. */
          readonly seconds?: number;
        }
      | string;
  };
  /** Label of its requests in the journal. */
  readonly label?: string;
  /** Scenarios to enable from the start: names, or scenarios as in a scenario file. */
  readonly scenarios?: readonly (
    | string
    | {
        readonly [k: string]: unknown;
      }
  )[];
  /** Seed for generated ids and random choices; the parent world's when omitted. */
  readonly seed?: string | number;
  /** A time at which the clock is frozen, or a change as in PUT clock. */
  readonly clock?:
    | {
        /** The time to set; a frozen clock stays frozen there, a running one continues from there. */
        readonly set?: string;
        /** Advances the time: seconds, or text such as 90s, 5m, 1h30m. */
        readonly advance?: number | string;
        /** true freezes the clock at its current time, a time freezes it there, false resumes it. */
        readonly freeze?: boolean | string;
        /** true resumes a frozen clock from its current time. */
        readonly resume?: boolean;
      }
    | string;
}
export interface CreateWorldResponse {
  /** The name, as in /w/<name>/. */
  readonly name: string;
  /** Address of its root. */
  readonly url: string;
  /** Seed for generated ids and random choices. */
  readonly seed: string;
  /** Release of the services of OpenStack. */
  readonly release: string;
  /** Address of its admin API. */
  readonly admin?: string;
  /** Addresses by dialect and identity service: identity, rackspace-identity, iam. */
  readonly addresses?: {
    readonly [k: string]: string;
  };
  /** Client settings for a user; null for a world without users. */
  readonly settings?: {
    /** Variables: OS_AUTH_URL, ... */
    readonly openstack: {
      readonly [k: string]: string;
    };
    /** The content of clouds.yaml. */
    readonly clouds: {
      readonly [k: string]: unknown;
    };
    /** User, API key and address. */
    readonly rackspace: {
      readonly [k: string]: string;
    } | null;
    /** Access key, secret key and addresses. */
    readonly huawei: {
      readonly [k: string]: string;
    } | null;
  } | null;
  /** Settings for clients whose login names select the world; null for the default world. */
  readonly settingsByLogIn?: {
    /** Variables: OS_AUTH_URL, ... */
    readonly openstack: {
      readonly [k: string]: string;
    };
    /** The content of clouds.yaml. */
    readonly clouds: {
      readonly [k: string]: unknown;
    };
    /** User, API key and address. */
    readonly rackspace: {
      readonly [k: string]: string;
    } | null;
    /** Access key, secret key and addresses. */
    readonly huawei: {
      readonly [k: string]: string;
    } | null;
  } | null;
}
export interface ListWorldsResponse {
  readonly worlds: readonly {
    /** The name, as in /w/<name>/. */
    readonly name: string;
    /** Address of its root. */
    readonly url: string;
    /** Seed for generated ids and random choices. */
    readonly seed: string;
    /** Release of the services of OpenStack. */
    readonly release: string;
  }[];
}
export interface ShowWorldQuery {
  /** Name of the user whose settings are returned; the first user when omitted. */
  readonly user?: string;
}
export interface ShowWorldResponse {
  /** The name, as in /w/<name>/. */
  readonly name: string;
  /** Address of its root. */
  readonly url: string;
  /** Seed for generated ids and random choices. */
  readonly seed: string;
  /** Release of the services of OpenStack. */
  readonly release: string;
  /** Address of its admin API. */
  readonly admin?: string;
  /** Addresses by dialect and identity service: identity, rackspace-identity, iam. */
  readonly addresses?: {
    readonly [k: string]: string;
  };
  /** Client settings for a user; null for a world without users. */
  readonly settings?: {
    /** Variables: OS_AUTH_URL, ... */
    readonly openstack: {
      readonly [k: string]: string;
    };
    /** The content of clouds.yaml. */
    readonly clouds: {
      readonly [k: string]: unknown;
    };
    /** User, API key and address. */
    readonly rackspace: {
      readonly [k: string]: string;
    } | null;
    /** Access key, secret key and addresses. */
    readonly huawei: {
      readonly [k: string]: string;
    } | null;
  } | null;
  /** Settings for clients whose login names select the world; null for the default world. */
  readonly settingsByLogIn?: {
    /** Variables: OS_AUTH_URL, ... */
    readonly openstack: {
      readonly [k: string]: string;
    };
    /** The content of clouds.yaml. */
    readonly clouds: {
      readonly [k: string]: unknown;
    };
    /** User, API key and address. */
    readonly rackspace: {
      readonly [k: string]: string;
    } | null;
    /** Access key, secret key and addresses. */
    readonly huawei: {
      readonly [k: string]: string;
    } | null;
  } | null;
}
export interface GetCoverageQuery {
  /** all: all worlds since the process started, dropped and reset ones included. */
  readonly worlds?: 'all';
}
export interface GetCoverageResponse {
  readonly cells: readonly {
    /** The API. */
    readonly dialect: string;
    /** Operation id within the API. */
    readonly operation: string;
    /** Documented status. */
    readonly status: number;
    /** Responses that came from state and input in the default world. */
    readonly natural: number;
    /** Responses that came from state and input, and from a profile other than the default. */
    readonly byProfile: number;
    /** Responses that a rule produced. */
    readonly injected: number;
    /** Theme of an operation beyond the image APIs and their logins; such cells are counted apart. */
    readonly annex?: string;
  }[];
  readonly totals: {
    /** Documented cells. */
    readonly cells: number;
    /** Cells with at least one response. */
    readonly received: number;
    /** Cells with a response that came from state and input in the default world. */
    readonly receivedNatural: number;
    /** Cells with a response that also took a profile other than the default. */
    readonly receivedByProfile: number;
    /** Cells with a response that a rule produced. */
    readonly receivedInjected: number;
  };
  readonly annexes: {
    /** Documented cells. */
    readonly cells: number;
    /** Cells with at least one response. */
    readonly received: number;
    /** Cells with a response that came from state and input in the default world. */
    readonly receivedNatural: number;
    /** Cells with a response that also took a profile other than the default. */
    readonly receivedByProfile: number;
    /** Cells with a response that a rule produced. */
    readonly receivedInjected: number;
  };
  readonly undocumented: readonly {
    /** The API. */
    readonly dialect: string;
    /** Operation id within the API. */
    readonly operation: string;
    /** Documented status. */
    readonly status: number;
    /** Responses that came from state and input in the default world. */
    readonly natural: number;
    /** Responses that came from state and input, and from a profile other than the default. */
    readonly byProfile: number;
    /** Responses that a rule produced. */
    readonly injected: number;
    /** Theme of an operation beyond the image APIs and their logins; such cells are counted apart. */
    readonly annex?: string;
  }[];
  readonly observed: readonly {
    /** The API. */
    readonly dialect: string;
    /** Operation id within the API. */
    readonly operation: string;
    /** An undocumented response of a proxy, such as nginx-504. */
    readonly answer: string;
    /** How often it was returned. */
    readonly injected: number;
  }[];
  readonly faults: readonly {
    /** The API. */
    readonly dialect: string;
    /** Operation id within the API. */
    readonly operation: string;
    /** answer, delay, cut, ... */
    readonly kind: string;
    /** Requests that got it. */
    readonly count: number;
  }[];
  readonly labels: readonly {
    /** A label of requests. */
    readonly label: string;
    readonly cells: readonly {
      /** dialect.operation. */
      readonly operation: string;
      /** Status. */
      readonly status: number;
      /** Responses. */
      readonly count: number;
    }[];
  }[];
}
export interface ClearCoverageQuery {
  /** all: all worlds since the process started, dropped and reset ones included. */
  readonly worlds?: 'all';
}
export interface ListContainersResponse {
  readonly containers: readonly {
    /** Its name. */
    readonly name: string;
    /** Project id. */
    readonly project: string;
    readonly objects: readonly {
      /** Its name. */
      readonly name: string;
      /** Bytes. */
      readonly size: number;
      /** Disk format of its data. */
      readonly format: string | null;
    }[];
  }[];
}
export interface GetConductQuery {
  /** Only requests with this label. */
  readonly label?: string;
  /** Ids of rules to leave out, separated by commas. */
  readonly ignore?: string;
  /** Ids of the only rules to apply, separated by commas. */
  readonly only?: string;
  /** Whether the client reported success in the end. */
  readonly client?: 'success' | 'failure';
  /** Whether each client does one thing at a time, whatever connections it uses. */
  readonly sequential?: boolean;
}
export interface GetConductResponse {
  /** `inconclusive`: no opportunity to break the rule, or the journal has dropped requests. */
  readonly verdict: 'pass' | 'warn' | 'fail' | 'inconclusive';
  readonly findings: readonly {
    /** Id of the rule. */
    readonly rule: string;
    readonly severity: 'error' | 'warning' | 'info';
    /** Name of the client. */
    readonly client: string;
    /** What happened. */
    readonly message: string;
    /** Items: Id of a journal entry that shows it. */
    readonly entries: readonly number[];
  }[];
  readonly rules: readonly {
    /** What a good client does. */
    readonly title: string;
    /** Id of the rule. */
    readonly rule: string;
    readonly severity: 'error' | 'warning' | 'info';
    /** `inconclusive`: no opportunity to break the rule, or the journal has dropped requests. */
    readonly verdict: 'pass' | 'warn' | 'fail' | 'inconclusive';
    /** How often a client could have broken the rule. */
    readonly opportunities: number;
  }[];
  /** Items: Name of a client. */
  readonly clients: readonly string[];
}
export interface GetRecordingQuery {
  /** What is recorded; `world` when omitted. */
  readonly kind?: 'test' | 'case' | 'point' | 'run' | 'world';
  /** Name of the test, case or point; the label of the world when omitted. */
  readonly name?: string;
  /** File of the test or case. */
  readonly file?: string;
  /** How it ended, such as fail. */
  readonly verdict?: string;
  /** Message of the failure. */
  readonly error?: string;
}
export interface GetRecordingResponse {
  /** sideglance-recording */
  readonly format: string;
  /** Version of the format; schemas/recording.schema.json describes it. */
  readonly version: number;
  readonly requests: readonly {
    readonly [k: string]: unknown;
  }[];
}
export interface ListScenariosQuery {
  /** Explain a request for this operation: dialect.operation. */
  readonly operation?: string;
  /** Id of the image in the path of the request. */
  readonly image?: string;
  /** Id or name of the project that sends the request. */
  readonly project?: string;
  /** Id or name of the user who sends the request. */
  readonly user?: string;
  /** Name of the client, as in its User-Agent. */
  readonly client?: string;
}
export interface ListScenariosResponse {
  readonly scenarios: readonly Scenario[];
  readonly unusedFaults?: readonly {
    /** Scenario, or id of a one-off fault. */
    readonly scenario: string;
    /** Index of the rule. */
    readonly rule: number;
    /** Items: dialect.operation. */
    readonly operations: readonly string[];
  }[];
  readonly explanations?: readonly {
    /** Scenario, or id of a one-off fault. */
    readonly scenario: string;
    /** Index of the rule. */
    readonly rule: number;
    /** Whether the rule decides the response, adds to it, depends on what is unknown, or does nothing. */
    readonly outcome: 'takes' | 'adds' | 'depends' | 'passes';
    /** Items: What the outcome depends on, or why the rule passes. */
    readonly why: readonly string[];
  }[];
}
export interface PutScenarioQuery {
  /** true: only checks the scenario, and changes nothing. */
  readonly check?: boolean;
}
/** A scenario as in a scenario file: description, enabled, rules. See schemas/scenario.schema.json. */
export interface PutScenarioBody {
  readonly [k: string]: unknown;
}
export interface EnableScenarioQuery {
  /** all: in every world. */
  readonly worlds?: 'all';
}
export interface EnableScenarioBody {
  /** Disables the scenario after it fired this many times. */
  readonly calls?: number;
  /** Disables the scenario after this many seconds of the world's clock. */
  readonly seconds?: number;
}
export interface DisableScenarioQuery {
  /** all: in every world. */
  readonly worlds?: 'all';
}
export interface SetScenarioStateBody {
  /** One of the states of the scenario. */
  readonly state: string;
  /** Id of an image, project or user, or a client, whose state changes; all of them when omitted. */
  readonly of?: string;
}
/**
 * One rule as in a scenario file: match, calls, fault or sequence, phase. Without calls, it fires once, or once for
 * each fault of its sequence.
 */
export interface ArmFaultBody {
  readonly [k: string]: unknown;
}
export interface ListFaultsResponse {
  readonly faults: readonly ArmedFault[];
}
export interface ListHeldQuery {
  /** all: of every world. */
  readonly worlds?: 'all';
}
export interface ListHeldResponse {
  readonly held: readonly HeldRequest[];
}
export interface ContinueHeldBody {
  /** Headers to add or replace; null removes one. The token has been checked already. */
  readonly headers?: {
    readonly [k: string]: string | null;
  };
  /** Replaces the body: text as it is, any other value as JSON. */
  readonly body?: unknown;
}
export interface RespondHeldBody {
  /** A response, a change of it, or damage on the connection, as in a rule. */
  readonly fault: {
    readonly [k: string]: unknown;
  };
  /** When the effect of the request takes place, as in a rule; before, when omitted. */
  readonly phase?: unknown;
  /** Allows a status that the operation does not document. */
  readonly undocumented?: boolean;
}
export interface ListImagesQuery {
  /** Only images with this name. */
  readonly name?: string;
  /** Only images with this status. */
  readonly status?:
    | 'queued'
    | 'saving'
    | 'uploading'
    | 'importing'
    | 'active'
    | 'deactivated'
    | 'killed'
    | 'pending_delete'
    | 'deleted';
  /** Only images of the project with this id or name. */
  readonly owner?: string;
  /** Only images with this visibility. */
  readonly visibility?: 'public' | 'private' | 'shared' | 'community';
  /** Only images with a higher id: the `next` of the page before. */
  readonly after?: string;
  /** Maximum number of entries; 100 when omitted. */
  readonly limit?: number;
}
export interface ListImagesResponse {
  readonly images: readonly StoredImage[];
  /** The `after` of the next page; null for none. */
  readonly next: string | null;
}
export interface PlaceImageBody {
  /** A UUID. Default: generated from the seed, the owner and the name. */
  readonly id?: string;
  /** Name of the image. */
  readonly name?: string | null;
  /** Name or id of the project that owns the image. Default: the first project. */
  readonly owner?: string;
  /** Status of the image. Default: active. */
  readonly status?:
    | 'queued'
    | 'saving'
    | 'uploading'
    | 'importing'
    | 'active'
    | 'deactivated'
    | 'killed'
    | 'pending_delete'
    | 'deleted';
  /** Who sees the image. Default: shared, as in the Image API. */
  readonly visibility?: 'public' | 'private' | 'shared' | 'community';
  /** Whether the image cannot be deleted. */
  readonly protected?: boolean;
  /** Whether lists omit the image unless the request asks for hidden images. */
  readonly hidden?: boolean;
  /** Default: bare; null for a queued image. */
  readonly containerFormat?: string | null;
  /** Default: raw; null for a queued image. */
  readonly diskFormat?: string | null;
  /** Disk that a server needs, in gigabytes. */
  readonly minDisk?: number;
  /** Memory that a server needs, in megabytes. */
  readonly minRam?: number;
  /**
   * Size of the data. Without data, the image gets virtual data of this size. Bytes, or a number with a unit: 512MiB,
   * 2TiB.
   */
  readonly size?: number | string | null;
  /** Size of the disk in the data. Bytes, or a number with a unit: 512MiB, 2TiB. */
  readonly virtualSize?: number | string | null;
  /** MD5 of the data, for data whose digests are not computed. */
  readonly checksum?: string | null;
  /** Algorithm of hashValue. Default: sha512. */
  readonly hashAlgorithm?: string | null;
  /** Digest of the data, for data whose digests are not computed. */
  readonly hashValue?: string | null;
  /** Time of creation. Default: the time at which the fixtures are loaded. */
  readonly createdAt?: string | null;
  /** Time of the last change. Default: createdAt. */
  readonly updatedAt?: string | null;
  /** Time of deletion, for an image with the status deleted. */
  readonly deletedAt?: string | null;
  /**
   * Tags, in this order.
   *
   * Items: A tag.
   */
  readonly tags?: readonly string[];
  /** Additional properties; the values are texts. */
  readonly properties?: {
    readonly [k: string]: string;
  };
  /** Projects that the image is shared with. */
  readonly members?: readonly (
    | {
        /** Name or id of the project. */
        readonly project: string;
        /** Default: pending. */
        readonly status?: 'pending' | 'accepted' | 'rejected';
      }
    | string
  )[];
  /** The data: a text, or an object with one of these members. */
  readonly data?:
    | {
        /** The bytes of this text in UTF-8. */
        readonly text?: string;
        /** Bytes in base64. */
        readonly base64?: string;
        /** Path of a file, relative to the fixture file. */
        readonly file?: string;
        /** Reproducible bytes of any size, generated while they are read. */
        readonly virtual?: {
          /** Number of bytes. Bytes, or a number with a unit: 512MiB, 2TiB. */
          readonly size: number | string;
          /** The same seed generates the same bytes. Default: 0. */
          readonly seed?: number;
        };
      }
    | string;
  /**
   * Servers that use the data.
   *
   * Items: Id of a server.
   */
  readonly usedBy?: readonly string[];
  /** Default: bare; null for a queued image. */
  readonly container_format?: string | null;
  /** Default: raw; null for a queued image. */
  readonly disk_format?: string | null;
  /** Disk that a server needs, in gigabytes. */
  readonly min_disk?: number;
  /** Memory that a server needs, in megabytes. */
  readonly min_ram?: number;
  /** Whether lists omit the image unless the request asks for hidden images. */
  readonly os_hidden?: boolean;
  /** Algorithm of hashValue. Default: sha512. */
  readonly os_hash_algo?: string | null;
  /** Digest of the data, for data whose digests are not computed. */
  readonly os_hash_value?: string | null;
  /** Time of creation. Default: the time at which the fixtures are loaded. */
  readonly created_at?: string | null;
  /** Time of the last change. Default: createdAt. */
  readonly updated_at?: string | null;
  /** Time of deletion, for an image with the status deleted. */
  readonly deleted_at?: string | null;
  /** Size of the disk in the data. Bytes, or a number with a unit: 512MiB, 2TiB. */
  readonly virtual_size?: number | string | null;
  /**
   * Servers that use the data.
   *
   * Items: Id of a server.
   */
  readonly used_by?: readonly string[];
}
export interface ChangeImageBody {
  /** Name of the image. */
  readonly name?: string | null;
  /** Name or id of the project that owns the image. Default: the first project. */
  readonly owner?: string;
  /** Status of the image. Default: active. */
  readonly status?:
    | 'queued'
    | 'saving'
    | 'uploading'
    | 'importing'
    | 'active'
    | 'deactivated'
    | 'killed'
    | 'pending_delete'
    | 'deleted';
  /** Who sees the image. Default: shared, as in the Image API. */
  readonly visibility?: 'public' | 'private' | 'shared' | 'community';
  /** Whether the image cannot be deleted. */
  readonly protected?: boolean;
  /** Whether lists omit the image unless the request asks for hidden images. */
  readonly hidden?: boolean;
  /** Default: bare; null for a queued image. */
  readonly containerFormat?: string | null;
  /** Default: raw; null for a queued image. */
  readonly diskFormat?: string | null;
  /** Disk that a server needs, in gigabytes. */
  readonly minDisk?: number;
  /** Memory that a server needs, in megabytes. */
  readonly minRam?: number;
  /**
   * Size of the data. Without data, the image gets virtual data of this size. Bytes, or a number with a unit: 512MiB,
   * 2TiB.
   */
  readonly size?: number | string | null;
  /** Size of the disk in the data. Bytes, or a number with a unit: 512MiB, 2TiB. */
  readonly virtualSize?: number | string | null;
  /** MD5 of the data, for data whose digests are not computed. */
  readonly checksum?: string | null;
  /** Algorithm of hashValue. Default: sha512. */
  readonly hashAlgorithm?: string | null;
  /** Digest of the data, for data whose digests are not computed. */
  readonly hashValue?: string | null;
  /** Time of creation. Default: the time at which the fixtures are loaded. */
  readonly createdAt?: string | null;
  /** Time of the last change. Default: createdAt. */
  readonly updatedAt?: string | null;
  /** Time of deletion, for an image with the status deleted. */
  readonly deletedAt?: string | null;
  /**
   * Tags, in this order.
   *
   * Items: A tag.
   */
  readonly tags?: readonly string[];
  /** Additional properties; the values are texts. */
  readonly properties?: {
    readonly [k: string]: string;
  };
  /** Projects that the image is shared with. */
  readonly members?: readonly (
    | {
        /** Name or id of the project. */
        readonly project: string;
        /** Default: pending. */
        readonly status?: 'pending' | 'accepted' | 'rejected';
      }
    | string
  )[];
  /** The data: a text, or an object with one of these members. */
  readonly data?:
    | {
        /** The bytes of this text in UTF-8. */
        readonly text?: string;
        /** Bytes in base64. */
        readonly base64?: string;
        /** Path of a file, relative to the fixture file. */
        readonly file?: string;
        /** Reproducible bytes of any size, generated while they are read. */
        readonly virtual?: {
          /** Number of bytes. Bytes, or a number with a unit: 512MiB, 2TiB. */
          readonly size: number | string;
          /** The same seed generates the same bytes. Default: 0. */
          readonly seed?: number;
        };
      }
    | string;
  /**
   * Servers that use the data.
   *
   * Items: Id of a server.
   */
  readonly usedBy?: readonly string[];
  /** Default: bare; null for a queued image. */
  readonly container_format?: string | null;
  /** Default: raw; null for a queued image. */
  readonly disk_format?: string | null;
  /** Disk that a server needs, in gigabytes. */
  readonly min_disk?: number;
  /** Memory that a server needs, in megabytes. */
  readonly min_ram?: number;
  /** Whether lists omit the image unless the request asks for hidden images. */
  readonly os_hidden?: boolean;
  /** Algorithm of hashValue. Default: sha512. */
  readonly os_hash_algo?: string | null;
  /** Digest of the data, for data whose digests are not computed. */
  readonly os_hash_value?: string | null;
  /** Time of creation. Default: the time at which the fixtures are loaded. */
  readonly created_at?: string | null;
  /** Time of the last change. Default: createdAt. */
  readonly updated_at?: string | null;
  /** Time of deletion, for an image with the status deleted. */
  readonly deleted_at?: string | null;
  /** Size of the disk in the data. Bytes, or a number with a unit: 512MiB, 2TiB. */
  readonly virtual_size?: number | string | null;
  /**
   * Servers that use the data.
   *
   * Items: Id of a server.
   */
  readonly used_by?: readonly string[];
}
export interface ListImageChangesResponse {
  readonly changes: readonly {
    readonly before: StoredImage | null;
    readonly after: StoredImage;
  }[];
}
export interface ReadImageDataQuery {
  /** Offset of the first byte; 0 when omitted. */
  readonly start?: number;
  /** Number of bytes; 512 when omitted. */
  readonly length?: number;
}
export interface ReadImageDataResponse {
  /** Image id. */
  readonly image: string;
  /** Bytes of all data. */
  readonly size: number;
  /** Offset of the first byte. */
  readonly start: number;
  /** The bytes. */
  readonly base64: string;
  /** Format of the disk in the data, as qemu-img names it; raw for data of no known format. */
  readonly format: string;
  /** Bytes of that disk. */
  readonly virtualSize: number;
}
export interface DigestImageBody {
  /** Which digests to compute; md5, sha256 and sha512 when omitted. */
  readonly algorithms?: readonly ('md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512')[];
  /** Whether to store the MD5 and the other digest in the image. */
  readonly set?: boolean;
}
export interface DigestImageResponse {
  /** UUID. */
  readonly image: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, by algorithm. */
  readonly digests: {
    readonly [k: string]: string;
  };
}
export interface ListRequestsQuery {
  /** dialect.operation. */
  readonly operation?: string;
  /** One API. */
  readonly dialect?: string;
  /** Status of the response; 0 for requests that got none. */
  readonly status?: number;
  /** What produced the response. */
  readonly source?: 'natural' | 'by-profile' | 'injected';
  /** Whether the client received the whole response. */
  readonly outcome?: 'complete' | 'faulty' | 'client gone' | 'pending';
  /** GET, POST, ... */
  readonly method?: string;
  /** Text that the URL contains. */
  readonly url?: string;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** Id of the image that the request names or created. */
  readonly image?: string;
  /** Label of the request. */
  readonly label?: string;
  /** Scenario or one-off fault whose rule fired. */
  readonly scenario?: string;
  /** Index of the rule that fired. */
  readonly rule?: number;
  /** What the rule did: answer, delay, cut, ... */
  readonly kind?: string;
  /** When the effect of a faulted request took place. */
  readonly phase?: 'before' | 'after' | 'twice' | 'late';
  /** Number of the connection. */
  readonly connection?: number;
  /** Number of the attempt. */
  readonly attempt?: number;
  /** Whether the request body violates the schema. */
  readonly violations?: boolean;
  /** Text that the User-Agent contains. */
  readonly userAgent?: string;
  /** Text that the request body contains. */
  readonly requestBody?: string;
  /** Text that the response body contains. */
  readonly responseBody?: string;
  /** A request header as `Name` or `Name: value`. */
  readonly requestHeader?: string;
  /** A response header as `Name` or `Name: value`. */
  readonly responseHeader?: string;
  /** Only requests at or after this time: ISO 8601, or milliseconds since 1970. */
  readonly since?: string;
  /** Only requests before this time. */
  readonly until?: string;
  /** all: requests of all worlds, in the order in which they were recorded. */
  readonly worlds?: 'all';
  /** Only entries with a higher id (of all worlds: sequence number), the oldest first. */
  readonly after?: number;
  /** Only entries with a lower id (of all worlds: sequence number). */
  readonly before?: number;
  /** Maximum number of entries; 100 when omitted. */
  readonly limit?: number;
  /** `summary` omits headers and bodies, `headers` the content of bodies. */
  readonly view?: 'full' | 'headers' | 'summary';
}
export interface ListRequestsResponse {
  readonly requests: readonly Entry[];
  /** Requests since the world was created or its journal was cleared. */
  readonly recorded: number;
  /** Requests that the full journal has dropped. */
  readonly dropped: number;
  /** Requests that have no response yet. */
  readonly unanswered: number;
  /** The value of `after` for the following page. */
  readonly next: number | null;
  /** The value of `before` for the preceding page. */
  readonly previous: number | null;
}
export interface ExportRequestsQuery {
  /** dialect.operation. */
  readonly operation?: string;
  /** One API. */
  readonly dialect?: string;
  /** Status of the response; 0 for requests that got none. */
  readonly status?: number;
  /** What produced the response. */
  readonly source?: 'natural' | 'by-profile' | 'injected';
  /** Whether the client received the whole response. */
  readonly outcome?: 'complete' | 'faulty' | 'client gone' | 'pending';
  /** GET, POST, ... */
  readonly method?: string;
  /** Text that the URL contains. */
  readonly url?: string;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** Id of the image that the request names or created. */
  readonly image?: string;
  /** Label of the request. */
  readonly label?: string;
  /** Scenario or one-off fault whose rule fired. */
  readonly scenario?: string;
  /** Index of the rule that fired. */
  readonly rule?: number;
  /** What the rule did: answer, delay, cut, ... */
  readonly kind?: string;
  /** When the effect of a faulted request took place. */
  readonly phase?: 'before' | 'after' | 'twice' | 'late';
  /** Number of the connection. */
  readonly connection?: number;
  /** Number of the attempt. */
  readonly attempt?: number;
  /** Whether the request body violates the schema. */
  readonly violations?: boolean;
  /** Text that the User-Agent contains. */
  readonly userAgent?: string;
  /** Text that the request body contains. */
  readonly requestBody?: string;
  /** Text that the response body contains. */
  readonly responseBody?: string;
  /** A request header as `Name` or `Name: value`. */
  readonly requestHeader?: string;
  /** A response header as `Name` or `Name: value`. */
  readonly responseHeader?: string;
  /** Only requests at or after this time: ISO 8601, or milliseconds since 1970. */
  readonly since?: string;
  /** Only requests before this time. */
  readonly until?: string;
  /** all: requests of all worlds, in the order in which they were recorded. */
  readonly worlds?: 'all';
}
export interface ExportRequestsResponse {
  /** The archive. */
  readonly log: {
    readonly [k: string]: unknown;
  };
}
export interface FollowRequestsQuery {
  /** dialect.operation. */
  readonly operation?: string;
  /** One API. */
  readonly dialect?: string;
  /** Status of the response; 0 for requests that got none. */
  readonly status?: number;
  /** What produced the response. */
  readonly source?: 'natural' | 'by-profile' | 'injected';
  /** Whether the client received the whole response. */
  readonly outcome?: 'complete' | 'faulty' | 'client gone' | 'pending';
  /** GET, POST, ... */
  readonly method?: string;
  /** Text that the URL contains. */
  readonly url?: string;
  /** Name of the caller. */
  readonly user?: string;
  /** Project id of the caller. */
  readonly project?: string;
  /** Id of the image that the request names or created. */
  readonly image?: string;
  /** Label of the request. */
  readonly label?: string;
  /** Scenario or one-off fault whose rule fired. */
  readonly scenario?: string;
  /** Index of the rule that fired. */
  readonly rule?: number;
  /** What the rule did: answer, delay, cut, ... */
  readonly kind?: string;
  /** When the effect of a faulted request took place. */
  readonly phase?: 'before' | 'after' | 'twice' | 'late';
  /** Number of the connection. */
  readonly connection?: number;
  /** Number of the attempt. */
  readonly attempt?: number;
  /** Whether the request body violates the schema. */
  readonly violations?: boolean;
  /** Text that the User-Agent contains. */
  readonly userAgent?: string;
  /** Text that the request body contains. */
  readonly requestBody?: string;
  /** Text that the response body contains. */
  readonly responseBody?: string;
  /** A request header as `Name` or `Name: value`. */
  readonly requestHeader?: string;
  /** A response header as `Name` or `Name: value`. */
  readonly responseHeader?: string;
  /** Only requests at or after this time: ISO 8601, or milliseconds since 1970. */
  readonly since?: string;
  /** Only requests before this time. */
  readonly until?: string;
  /** all: requests of all worlds, in the order in which they were recorded. */
  readonly worlds?: 'all';
  /** Only entries after this event id, or with a higher id (of all worlds: sequence number). */
  readonly after?: string;
  /** `summary` omits headers and bodies, `headers` the content of bodies. */
  readonly view?: 'full' | 'headers' | 'summary';
}
export interface ShowRequestImageResponse {
  /** Id of the image. */
  readonly image: string;
  /** null: it did not exist. */
  readonly before: StoredImage | null;
  /** null: it did not exist. */
  readonly after: StoredImage | null;
}
export interface ListHistoryQuery {
  /** Only what happened after the request with this id had ended; from the beginning when omitted. */
  readonly since?: number;
}
export interface ListHistoryResponse {
  readonly actions: readonly {
    /** Id of the last request that had ended before; 0 for none. */
    readonly after: number;
    /** Milliseconds since 1970, by the world's clock. */
    readonly time: number;
    /** Operation id, such as armFault. */
    readonly operation: string;
    readonly input: {
      readonly [k: string]: unknown;
    };
  }[];
  readonly changes: readonly {
    /** Id of the last request that had ended before; 0 for none. */
    readonly after: number;
    /** Milliseconds since 1970, by the world's clock. */
    readonly time: number;
    /** Id of the image. */
    readonly image: string;
    /** Its name. */
    readonly name: string | null;
    /** Its status after the change. */
    readonly status: string;
  }[];
}
export interface VerifyRequestsBody {
  readonly requests?: {
    /** dialect.operation, or a glob. */
    readonly operation?: string;
    /** One API. */
    readonly dialect?: string;
    /** GET, POST, ... */
    readonly method?: string;
    /** The path without the query, or a glob. */
    readonly path?: string;
    /** Globs by parameter; null: absent. */
    readonly query?: {
      readonly [k: string]: string | null;
    };
    /** A status, 0 for no response, or a class: 1xx, 2xx, 3xx, 4xx, 5xx. */
    readonly status?: number | string;
    readonly source?: 'natural' | 'by-profile' | 'injected';
    readonly outcome?: 'complete' | 'faulty' | 'client gone' | 'pending';
    /** Name of the caller. */
    readonly user?: string;
    /** Project id of the caller. */
    readonly project?: string;
    /** Id of the image that the request names or created. */
    readonly image?: string;
    /** Label of the request. */
    readonly label?: string;
    /** User-Agent, or a glob. */
    readonly userAgent?: string;
    /** Scenario or one-off fault whose rule fired. */
    readonly scenario?: string;
    readonly rule?: number;
    /** What the rule did. */
    readonly kind?: string;
    readonly phase?: 'before' | 'after' | 'twice' | 'late';
    readonly attempt?: number;
    readonly connection?: number;
    /** Whether the request body violates the schema. */
    readonly violations?: boolean;
    /** Globs by header name; null: absent. */
    readonly header?: {
      readonly [k: string]: string | null;
    };
    /** Values by JSON pointer. */
    readonly body?: {
      readonly [k: string]: unknown;
    };
    readonly size?: {
      readonly over?: number;
      readonly upTo?: number;
    };
    readonly response?: {
      /** Globs by header name; null: absent. */
      readonly header?: {
        readonly [k: string]: string | null;
      };
      /** Values by JSON pointer. */
      readonly body?: {
        readonly [k: string]: unknown;
      };
      readonly size?: {
        readonly over?: number;
        readonly upTo?: number;
      };
    };
  };
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly never?: unknown;
  readonly gap?: {
    /** Seconds, or a duration such as 1s or 250ms. */
    readonly atLeast?: number | string;
    /** Seconds, or a duration such as 1s or 250ms. */
    readonly atMost?: number | string;
    readonly clock?: 'machine' | 'world';
  };
  readonly inOrder?: readonly {
    /** dialect.operation, or a glob. */
    readonly operation?: string;
    /** One API. */
    readonly dialect?: string;
    /** GET, POST, ... */
    readonly method?: string;
    /** The path without the query, or a glob. */
    readonly path?: string;
    /** Globs by parameter; null: absent. */
    readonly query?: {
      readonly [k: string]: string | null;
    };
    /** A status, 0 for no response, or a class: 1xx, 2xx, 3xx, 4xx, 5xx. */
    readonly status?: number | string;
    readonly source?: 'natural' | 'by-profile' | 'injected';
    readonly outcome?: 'complete' | 'faulty' | 'client gone' | 'pending';
    /** Name of the caller. */
    readonly user?: string;
    /** Project id of the caller. */
    readonly project?: string;
    /** Id of the image that the request names or created. */
    readonly image?: string;
    /** Label of the request. */
    readonly label?: string;
    /** User-Agent, or a glob. */
    readonly userAgent?: string;
    /** Scenario or one-off fault whose rule fired. */
    readonly scenario?: string;
    readonly rule?: number;
    /** What the rule did. */
    readonly kind?: string;
    readonly phase?: 'before' | 'after' | 'twice' | 'late';
    readonly attempt?: number;
    readonly connection?: number;
    /** Whether the request body violates the schema. */
    readonly violations?: boolean;
    /** Globs by header name; null: absent. */
    readonly header?: {
      readonly [k: string]: string | null;
    };
    /** Values by JSON pointer. */
    readonly body?: {
      readonly [k: string]: unknown;
    };
    readonly size?: {
      readonly over?: number;
      readonly upTo?: number;
    };
    readonly response?: {
      /** Globs by header name; null: absent. */
      readonly header?: {
        readonly [k: string]: string | null;
      };
      /** Values by JSON pointer. */
      readonly body?: {
        readonly [k: string]: unknown;
      };
      readonly size?: {
        readonly over?: number;
        readonly upTo?: number;
      };
    };
  }[];
}
export interface VerifyRequestsResponse {
  /** `inconclusive` when what the journal dropped or did not store could change the answer. */
  readonly result: 'yes' | 'no' | 'inconclusive';
  /** The reason. */
  readonly message: string;
  /** Number of matching requests. */
  readonly count: number;
  /** Items: Id of a matching request. */
  readonly requests: readonly number[];
  readonly nearest: readonly {
    /** Id of a request that almost matches. */
    readonly id: number;
    /** Its operation. */
    readonly operation: string | null;
    readonly differences: readonly {
      /** What differs. */
      readonly field: string;
      readonly expected: unknown;
      readonly found: unknown;
    }[];
  }[];
}
export interface ShowLabelResponse {
  /** null: no label. */
  readonly label: string | null;
}
export interface SetLabelBody {
  readonly label: string | null;
}
export interface SetLabelResponse {
  /** null: no label. */
  readonly label: string | null;
}
export interface CreateRetryTestBody {
  /** For each dialect.operation, an instruction for the first request, the second one, and so on. */
  readonly instructions: {
    readonly [k: string]: readonly string[];
  };
  /** Accepted for storage-testbench. */
  readonly transport?: 'HTTP';
  /** false: also requests without x-retry-test-id. */
  readonly header?: boolean;
}
export interface CreateRetryTestResponse {
  /** Value of the header x-retry-test-id. */
  readonly id: string;
  /** For each dialect.operation, an instruction for the first request, the second one, and so on. */
  readonly instructions: {
    readonly [k: string]: readonly string[];
  };
  /** HTTP. */
  readonly transport: string;
  /** Whether every instruction has been carried out. */
  readonly completed: boolean;
}
export interface ListRetryTestsResponse {
  readonly retry_test: readonly {
    /** Value of the header x-retry-test-id. */
    readonly id: string;
    /** For each dialect.operation, an instruction for the first request, the second one, and so on. */
    readonly instructions: {
      readonly [k: string]: readonly string[];
    };
    /** HTTP. */
    readonly transport: string;
    /** Whether every instruction has been carried out. */
    readonly completed: boolean;
  }[];
}
export interface ShowRetryTestResponse {
  /** Value of the header x-retry-test-id. */
  readonly id: string;
  /** For each dialect.operation, an instruction for the first request, the second one, and so on. */
  readonly instructions: {
    readonly [k: string]: readonly string[];
  };
  /** HTTP. */
  readonly transport: string;
  /** Whether every instruction has been carried out. */
  readonly completed: boolean;
}
export interface GetConfigurationResponse {
  readonly limits: {
    readonly [k: string]: unknown;
  };
  readonly quotas: {
    readonly [k: string]: unknown;
  };
  readonly progress: {
    readonly [k: string]: unknown;
  };
  readonly profiles: {
    readonly [k: string]: unknown;
  };
  readonly release: string;
  readonly stores: readonly unknown[];
  readonly web: {
    readonly [k: string]: unknown;
  };
}
export interface ChangeConfigurationBody {
  /** Limits of the services. */
  readonly limits?: {
    /** Maximum size of the data of an image. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly imageSizeCap?: number | string;
    /** Images on a page of image-v2 for requests without a limit. */
    readonly listDefault?: number;
    /** Maximum number of images on a page of image-v2. */
    readonly listMost?: number;
    /** Lifetime of a token in seconds. */
    readonly tokenSeconds?: number;
    /** Requests of an account in a minute, in APIs that document such a limit. null means no limit. */
    readonly callsPerMinute?: number | null;
    /**
     * Maximum size of the cache of image-v2 after it is pruned. null means no limit. Bytes, or a number with a unit:
     * 512MiB, 2TiB.
     */
    readonly cacheBytes?: number | string | null;
  };
  /** Quotas of each project and of each image. null means no limit. */
  readonly quotas?: {
    /** Total size of the images of a project. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly storage?: number | string | null;
    /**
     * Total size of the images of a project in whole MiB; a project at the quota cannot add data. Bytes, or a number
     * with a unit: 512MiB, 2TiB.
     */
    readonly size?: number | string | null;
    /** Images of a project. null means no limit. */
    readonly images?: number | null;
    /** Total size of the data of a project that is staged for imports. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly staged?: number | string | null;
    /** Images of a project that receive data at the same time. null means no limit. */
    readonly uploading?: number | null;
    /** Tags of an image. */
    readonly tags?: number;
    /** Additional properties of an image. */
    readonly properties?: number;
    /** Members of an image. */
    readonly members?: number;
    /** Stores that hold the data of an image. */
    readonly locations?: number;
  };
  /**
   * How uploads, staging, imports, exports, snapshots, copies, sharing and caching progress: by the first rule that
   * matches, otherwise by kind. * applies to all kinds without an entry, except uploads and staging.
   */
  readonly progress?: {
    /** Rules for single tasks. They take precedence over kinds. */
    readonly rules?: readonly {
      /** Tasks that the rule applies to. All given members must match. */
      readonly match: {
        /** What the task does. */
        readonly kind?: 'upload' | 'stage' | 'import' | 'export' | 'snapshot' | 'copy' | 'share' | 'cache' | 'build';
        /** Dialect that starts the task: image-v2, ims. * matches any number of characters, ? matches one. */
        readonly api?: string;
        /**
         * Name of the task in that dialect: api_image_import, imsCopyImageInRegionJob. * matches any number of
         * characters, ? matches one.
         */
        readonly type?: string;
        /**
         * Id or name of an image that the task works on or creates. * matches any number of characters, ? matches one.
         */
        readonly image?: string;
        /** Id or name of the project that starts the task. * matches any number of characters, ? matches one. */
        readonly project?: string;
        /** Id or name of the user who starts the task. * matches any number of characters, ? matches one. */
        readonly user?: string;
      };
      /** Number of tasks that the rule applies to before it is removed. Default: all tasks. */
      readonly times?: number;
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    }[];
    '*'?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly upload?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly stage?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly import?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly export?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly snapshot?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly copy?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly share?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly cache?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
    readonly build?: {
      /**
       * once: ends before the response to the request that starts it. polls: is still running for a number of reads.
       * clock: ends after a number of seconds of the world's clock. hand: the admin API moves it.
       */
      readonly by: 'once' | 'polls' | 'clock' | 'hand';
      /** Number of reads that find the task running. Default: 1. */
      readonly polls?: number;
      /** Duration in seconds. Default: 1. */
      readonly seconds?: number;
      /** Makes the task fail, and how. `true` for the default failure of the service. */
      readonly fail?:
        | {
            /** Code of the failure, in services that have them: 721, IMG.0057. */
            readonly code?: string;
            /** Message of the failure. Default: the usual message for the code. */
            readonly message?: string;
            /** Percentage of the task at which it fails. Default: at its end. */
            readonly at?: number;
            /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
            readonly stores?: readonly string[];
          }
        | boolean;
    };
  };
  /**
   * Choices where the reference and the running service differ, or where the documents of a service disagree: by
   * dialect, then by name of the profile.
   */
  readonly profiles?: {
    readonly [k: string]: {
      readonly [k: string]: string | number;
    };
  };
  /** Release of the services of OpenStack: what the Image, Compute and Identity APIs have and do. */
  readonly release?: 'zed' | '2025.1' | '2026.2' | 2025.1 | 2026.2;
  /** Stores for image data. An empty list means a single store without a name. */
  readonly stores?: readonly {
    /** Id of the store. */
    readonly id: string;
    /** Description of the store. */
    readonly description?: string;
    /** Whether the store takes data that names no store. Default: true for the first store if no store sets it. */
    readonly default?: boolean;
    /** Whether the store rejects data. Default: false. */
    readonly readOnly?: boolean;
    /** Kind of backend. Default: file. */
    readonly type?: string;
    /** Of several copies, the one in the store with the largest weight is read. */
    readonly weight?: number;
    /** Details that only administrators see. */
    readonly properties?: {
      readonly [k: string]: string | number | boolean;
    };
  }[];
  /**
   * Files elsewhere that images are imported from, by address (http or https), without any network. * in an address
   * matches any number of characters; an address of its own takes precedence, then the first pattern that matches.
   */
  readonly web?: {
    /**
     * What the address returns: a text, or an object with data (text, base64, file or virtual), an error, a redirect or
     * the status of an error.
     */
    readonly [k: string]:
      | {
          /** The bytes of this text in UTF-8. */
          readonly text?: string;
          /** Bytes in base64. */
          readonly base64?: string;
          /** Path of a file, relative to the fixture file. */
          readonly file?: string;
          /** Reproducible bytes of any size, generated while they are read. */
          readonly virtual?: {
            /** Number of bytes. Bytes, or a number with a unit: 512MiB, 2TiB. */
            readonly size: number | string;
            /** The same seed generates the same bytes. Default: 0. */
            readonly seed?: number;
          };
          /**
           * Why there is no response. refused, reset: the connection. dns: the host has no address. timeout: nothing
           * comes, for 127 seconds or for "seconds".
           */
          readonly error?: 'refused' | 'reset' | 'dns' | 'timeout';
          /** Status of the response. Default: 200. */
          readonly status?: number;
          /** Address that the response redirects to (302). */
          readonly redirect?: string;
          /** Number of redirects before the response, each to another address. More than 10 are too many. */
          readonly redirects?: number;
          /**
           * Content-Length; null for a response without one. Default: the size of the data. Bytes, or a number with a
           * unit: 512MiB.
           */
          readonly contentLength?: number | string | null;
          /** Where the connection ends, although more was announced. Bytes, or a number with a unit: 512MiB. */
          readonly truncateAfter?: number | string;
          /** Speed of the data, by the world's clock. Bytes, or a number with a unit: 512MiB. */
          readonly bytesPerSecond?: number | string;
          /** Seconds by the world's clock before the response, or before a connection without one is given up. */
          readonly seconds?: number;
        }
      | string;
  };
}
export interface ChangeConfigurationResponse {
  readonly limits: {
    readonly [k: string]: unknown;
  };
  readonly quotas: {
    readonly [k: string]: unknown;
  };
  readonly progress: {
    readonly [k: string]: unknown;
  };
  readonly profiles: {
    readonly [k: string]: unknown;
  };
  readonly release: string;
  readonly stores: readonly unknown[];
  readonly web: {
    readonly [k: string]: unknown;
  };
}
export interface ListTasksQuery {
  /** Only tasks with this status. */
  readonly status?: 'pending' | 'processing' | 'success' | 'failure';
  /** Only tasks that this API started. */
  readonly api?: 'image-v2' | 'compute-v2.1' | 'rackspace-images' | 'rackspace-servers' | 'ims' | 'identity';
  /** Only tasks of the image with this id. */
  readonly image?: string;
  /** Maximum number of entries; 100 when omitted. */
  readonly limit?: number;
}
export interface ListTasksResponse {
  readonly tasks: readonly {
    /** UUID. */
    readonly id: string;
    /** What it does. */
    readonly kind: string;
    /** The API that started it. */
    readonly api: string;
    /** Its type, as that API names it. */
    readonly type: string;
    /** pending, processing, success or failure. */
    readonly status: string;
    /** Id of the task that this one is a part of and that advances it; null for none. */
    readonly partOf: string | null;
    /** Progress in percent. */
    readonly percent: number;
    readonly pace: {
      /** What advances it: once, polls, clock or hand. */
      readonly by: string;
    };
    /** How it will fail or has failed; null for a task that does not fail. */
    readonly fail: {
      readonly [k: string]: unknown;
    } | null;
  }[];
}
export interface ChangeTaskBody {
  /**
   * once: ends before the response to the request that starts it. polls: is still running for a number of reads. clock:
   * ends after a number of seconds of the world's clock. hand: the admin API moves it.
   */
  readonly by?: 'once' | 'polls' | 'clock' | 'hand';
  /** Number of reads that find the task running. Default: 1. */
  readonly polls?: number;
  /** Duration in seconds. Default: 1. */
  readonly seconds?: number;
  /** Makes the task fail, and how. `true` for the default failure of the service. */
  readonly fail?:
    | {
        /** Code of the failure, in services that have them: 721, IMG.0057. */
        readonly code?: string;
        /** Message of the failure. Default: the usual message for the code. */
        readonly message?: string;
        /** Percentage of the task at which it fails. Default: at its end. */
        readonly at?: number;
        /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
        readonly stores?: readonly string[];
      }
    | boolean;
}
export interface ChangeTaskResponse {
  /** UUID. */
  readonly id: string;
  /** What it does. */
  readonly kind: string;
  /** The API that started it. */
  readonly api: string;
  /** Its type, as that API names it. */
  readonly type: string;
  /** pending, processing, success or failure. */
  readonly status: string;
  /** Id of the task that this one is a part of and that advances it; null for none. */
  readonly partOf: string | null;
  /** Progress in percent. */
  readonly percent: number;
  readonly pace: {
    /** What advances it: once, polls, clock or hand. */
    readonly by: string;
  };
  /** How it will fail or has failed; null for a task that does not fail. */
  readonly fail: {
    readonly [k: string]: unknown;
  } | null;
}
export interface AdvanceTaskResponse {
  /** UUID. */
  readonly id: string;
  /** What it does. */
  readonly kind: string;
  /** The API that started it. */
  readonly api: string;
  /** Its type, as that API names it. */
  readonly type: string;
  /** pending, processing, success or failure. */
  readonly status: string;
  /** Id of the task that this one is a part of and that advances it; null for none. */
  readonly partOf: string | null;
  /** Progress in percent. */
  readonly percent: number;
  readonly pace: {
    /** What advances it: once, polls, clock or hand. */
    readonly by: string;
  };
  /** How it will fail or has failed; null for a task that does not fail. */
  readonly fail: {
    readonly [k: string]: unknown;
  } | null;
}
export interface FinishTaskBody {
  /** Makes the task fail, and how. `true` for the default failure of the service. */
  readonly fail?:
    | {
        /** Code of the failure, in services that have them: 721, IMG.0057. */
        readonly code?: string;
        /** Message of the failure. Default: the usual message for the code. */
        readonly message?: string;
        /** Percentage of the task at which it fails. Default: at its end. */
        readonly at?: number;
        /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
        readonly stores?: readonly string[];
      }
    | boolean;
}
export interface FinishTaskResponse {
  /** UUID. */
  readonly id: string;
  /** What it does. */
  readonly kind: string;
  /** The API that started it. */
  readonly api: string;
  /** Its type, as that API names it. */
  readonly type: string;
  /** pending, processing, success or failure. */
  readonly status: string;
  /** Id of the task that this one is a part of and that advances it; null for none. */
  readonly partOf: string | null;
  /** Progress in percent. */
  readonly percent: number;
  readonly pace: {
    /** What advances it: once, polls, clock or hand. */
    readonly by: string;
  };
  /** How it will fail or has failed; null for a task that does not fail. */
  readonly fail: {
    readonly [k: string]: unknown;
  } | null;
}
export interface ListServersResponse {
  readonly servers: readonly {
    /** UUID. */
    readonly id: string;
    /** Its name. */
    readonly name: string;
    /** Project id. */
    readonly project: string;
    /** Its status, as the Compute API names it. */
    readonly status: string;
    /** Its current task state, such as image_snapshot; null for none. */
    readonly taskState: string | null;
    /** Whether only administrators may act on it. */
    readonly locked: boolean;
    /** Id of the image that it was started from; null for a server that boots from a volume. */
    readonly image: string | null;
  }[];
}
export interface ChangeServerBody {
  /** Its status. */
  readonly status?:
    | 'ACTIVE'
    | 'BUILD'
    | 'ERROR'
    | 'PAUSED'
    | 'REBOOT'
    | 'REBUILD'
    | 'RESCUE'
    | 'RESIZE'
    | 'SHELVED'
    | 'SHELVED_OFFLOADED'
    | 'SHUTOFF'
    | 'SUSPENDED'
    | 'VERIFY_RESIZE';
  /** Its current task state, such as image_snapshot; null for none. */
  readonly taskState?: string | null;
  /** Whether only administrators may act on it. */
  readonly locked?: boolean;
}
export interface ChangeServerResponse {
  /** UUID. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Project id. */
  readonly project: string;
  /** Its status, as the Compute API names it. */
  readonly status: string;
  /** Its current task state, such as image_snapshot; null for none. */
  readonly taskState: string | null;
  /** Whether only administrators may act on it. */
  readonly locked: boolean;
  /** Id of the image that it was started from; null for a server that boots from a volume. */
  readonly image: string | null;
}
export interface GetClockResponse {
  /** The time in this world. */
  readonly now: string;
  /** Whether the clock is frozen. */
  readonly frozen: boolean;
}
export interface SetClockBody {
  /** The time to set; a frozen clock stays frozen there, a running one continues from there. */
  readonly set?: string;
  /** Advances the time: seconds, or text such as 90s, 5m, 1h30m. */
  readonly advance?: number | string;
  /** true freezes the clock at its current time, a time freezes it there, false resumes it. */
  readonly freeze?: boolean | string;
  /** true resumes a frozen clock from its current time. */
  readonly resume?: boolean;
}
export interface SetClockResponse {
  /** The time in this world. */
  readonly now: string;
  /** Whether the clock is frozen. */
  readonly frozen: boolean;
}
export interface TakeSnapshotBody {
  /** 1 to 64 letters, digits, ".", "_" and "-"; generated when omitted. */
  readonly name?: string;
}
export interface TakeSnapshotResponse {
  /** The name. */
  readonly name: string;
}
export interface ListSnapshotsResponse {
  readonly snapshots: readonly {
    /** The name. */
    readonly name: string;
  }[];
}

/** What each operation of the admin API takes and returns. */
export interface Operations {
  /** Lists the operations of this API; browsers get the console. */
  readonly getIndex: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetIndexResponse;
  };
  /** Returns 200 while the process runs. */
  readonly getHealth: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetHealthResponse;
  };
  /** Returns 200 once fixtures and scenarios are loaded and every port listens, while changes can be saved. */
  readonly getReady: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetReadyResponse;
  };
  /** Lists every operation of the doubled APIs with its documented statuses. */
  readonly listContracts: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListContractsResponse;
  };
  /** Returns this API as an OpenAPI 3.1 document. */
  readonly getOpenapi: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetOpenapiResponse;
  };
  /** Lists the ports of the process, with what they do to new connections. */
  readonly listPorts: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListPortsResponse;
  };
  /** Makes a port refuse or reset connections, opens it again, or changes its certificate. */
  readonly changePort: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: ChangePortBody;
    readonly response: ChangePortResponse;
  };
  /** Creates a world from fixtures, or as a copy of another world. */
  readonly createWorld: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: CreateWorldBody;
    readonly response: CreateWorldResponse;
  };
  /** Lists the worlds. */
  readonly listWorlds: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListWorldsResponse;
  };
  /** Returns a world with its addresses and client settings. */
  readonly showWorld: {
    readonly params: { readonly name: string };
    readonly query: ShowWorldQuery;
    readonly body: undefined;
    readonly response: ShowWorldResponse;
  };
  /** Drops a world with everything in it; the default world cannot be dropped. */
  readonly dropWorld: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Resets a world to its initial state: images, tokens, counters, journal, coverage, clock. */
  readonly resetWorld: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Returns how often each documented response was returned. */
  readonly getCoverage: {
    readonly params: undefined;
    readonly query: GetCoverageQuery;
    readonly body: undefined;
    readonly response: GetCoverageResponse;
  };
  /** Resets the coverage of a world, or of all worlds. */
  readonly clearCoverage: {
    readonly params: undefined;
    readonly query: ClearCoverageQuery;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Lists the containers with their files, from which images are created and to which they are exported. */
  readonly listContainers: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListContainersResponse;
  };
  /** Judges what the clients did, by the requests in the journal. */
  readonly getConduct: {
    readonly params: undefined;
    readonly query: GetConductQuery;
    readonly body: undefined;
    readonly response: GetConductResponse;
  };
  /** Returns a recording of the world, for sideglance replay and show. */
  readonly getRecording: {
    readonly params: undefined;
    readonly query: GetRecordingQuery;
    readonly body: undefined;
    readonly response: GetRecordingResponse;
  };
  /** Lists the scenarios of a world and how often each fired; with `operation`, also explains what each rule would do with a request to that operation, in evaluation order. */
  readonly listScenarios: {
    readonly params: undefined;
    readonly query: ListScenariosQuery;
    readonly body: undefined;
    readonly response: ListScenariosResponse;
  };
  /** Adds a scenario, or replaces the one with this name. */
  readonly putScenario: {
    readonly params: { readonly name: string };
    readonly query: PutScenarioQuery;
    readonly body: PutScenarioBody;
    readonly response: Scenario;
  };
  /** Returns a scenario with its rules. */
  readonly showScenario: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: Scenario;
  };
  /** Removes a scenario from a world. */
  readonly deleteScenario: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Enables a scenario and resets the counters of its rules. */
  readonly enableScenario: {
    readonly params: { readonly name: string };
    readonly query: EnableScenarioQuery;
    readonly body: EnableScenarioBody;
    readonly response: Scenario;
  };
  /** Disables a scenario. */
  readonly disableScenario: {
    readonly params: { readonly name: string };
    readonly query: DisableScenarioQuery;
    readonly body: undefined;
    readonly response: Scenario;
  };
  /** Sets the state of a scenario, for all requests or for one image, project, user or client. */
  readonly setScenarioState: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: SetScenarioStateBody;
    readonly response: Scenario;
  };
  /** Arms one rule outside any scenario; without `calls`, it fires once, or once for each fault of its sequence. */
  readonly armFault: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: ArmFaultBody;
    readonly response: ArmedFault;
  };
  /** Lists the one-off faults. */
  readonly listFaults: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListFaultsResponse;
  };
  /** Disarms all one-off faults; scenarios stay enabled. */
  readonly disarmFaults: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Disarms a one-off fault. */
  readonly disarmFault: {
    readonly params: { readonly fault_id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Lists the requests that a rule holds until somebody decides, the longest held first. */
  readonly listHeld: {
    readonly params: undefined;
    readonly query: ListHeldQuery;
    readonly body: undefined;
    readonly response: ListHeldResponse;
  };
  /** Returns a held request. */
  readonly showHeld: {
    readonly params: { readonly held_id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: HeldRequest;
  };
  /** Lets a held request go on, with other headers or another body if they are given. */
  readonly continueHeld: {
    readonly params: { readonly held_id: string };
    readonly query: undefined;
    readonly body: ContinueHeldBody;
    readonly response: undefined;
  };
  /** Decides by hand what a held request gets: a response, a change of its own, or damage on the connection. */
  readonly respondHeld: {
    readonly params: { readonly held_id: string };
    readonly query: undefined;
    readonly body: RespondHeldBody;
    readonly response: undefined;
  };
  /** Lists the images of a world, of all projects, in the order of their ids; deleted ones only with `status=deleted`. */
  readonly listImages: {
    readonly params: undefined;
    readonly query: ListImagesQuery;
    readonly body: undefined;
    readonly response: ListImagesResponse;
  };
  /** Adds an image with any status, without the checks of the doubled APIs. */
  readonly placeImage: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: PlaceImageBody;
    readonly response: StoredImage;
  };
  /** Returns an image, even a deleted one. */
  readonly showImage: {
    readonly params: { readonly image_id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: StoredImage;
  };
  /** Changes the given members of an image that is not deleted, without the checks of the doubled APIs. */
  readonly changeImage: {
    readonly params: { readonly image_id: string };
    readonly query: undefined;
    readonly body: ChangeImageBody;
    readonly response: StoredImage;
  };
  /** Removes an image, even when it is protected or in use; its id is free again for `POST`. */
  readonly removeImage: {
    readonly params: { readonly image_id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Lists the images that differ from those with which the world started; deleted ones have the status deleted. */
  readonly listImageChanges: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListImageChangesResponse;
  };
  /** Returns a part of the data of an image, and the format that is detected in it. */
  readonly readImageData: {
    readonly params: { readonly image_id: string };
    readonly query: ReadImageDataQuery;
    readonly body: undefined;
    readonly response: ReadImageDataResponse;
  };
  /** Computes digests of the data of an image, and stores them in the image when `set` is true. */
  readonly digestImage: {
    readonly params: { readonly image_id: string };
    readonly query: undefined;
    readonly body: DigestImageBody;
    readonly response: DigestImageResponse;
  };
  /** Returns a page of matching requests, in chronological order. */
  readonly listRequests: {
    readonly params: undefined;
    readonly query: ListRequestsQuery;
    readonly body: undefined;
    readonly response: ListRequestsResponse;
  };
  /** Clears the journal. */
  readonly clearRequests: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Returns the matching requests as an HTTP archive, HAR 1.2. */
  readonly exportRequests: {
    readonly params: undefined;
    readonly query: ExportRequestsQuery;
    readonly body: undefined;
    readonly response: ExportRequestsResponse;
  };
  /** Sends matching requests as server-sent events, from the one after `after` or Last-Event-ID. */
  readonly followRequests: {
    readonly params: undefined;
    readonly query: FollowRequestsQuery;
    readonly body: undefined;
    readonly response: FollowRequestsResponse;
  };
  /** Returns one request. */
  readonly showRequest: {
    readonly params: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: Entry;
  };
  /** Returns the image that a request names or created, as it was before and after the request. */
  readonly showRequestImage: {
    readonly params: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ShowRequestImageResponse;
  };
  /** Returns the response that a request would receive now if no rule fired: it runs on a copy of the world. */
  readonly showNaturalResponse: {
    readonly params: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: NaturalResponse;
  };
  /** Returns what happened to a world besides its requests: actions of the admin API and changes of images. */
  readonly listHistory: {
    readonly params: undefined;
    readonly query: ListHistoryQuery;
    readonly body: undefined;
    readonly response: ListHistoryResponse;
  };
  /** Checks whether the requests in the journal meet an expectation. */
  readonly verifyRequests: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: VerifyRequestsBody;
    readonly response: VerifyRequestsResponse;
  };
  /** Returns the label that new requests get. */
  readonly showLabel: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ShowLabelResponse;
  };
  /** Labels new requests, for example with the name of a test. */
  readonly setLabel: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: SetLabelBody;
    readonly response: SetLabelResponse;
  };
  /** Arms instructions of storage-testbench for requests with the header x-retry-test-id. */
  readonly createRetryTest: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: CreateRetryTestBody;
    readonly response: CreateRetryTestResponse;
  };
  /** Lists the retry tests. */
  readonly listRetryTests: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListRetryTestsResponse;
  };
  /** Returns a retry test, with whether every instruction has been carried out. */
  readonly showRetryTest: {
    readonly params: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ShowRetryTestResponse;
  };
  /** Ends a retry test; the rest of its instructions is disarmed. */
  readonly deleteRetryTest: {
    readonly params: { readonly id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Returns the limits, quotas, progress, profiles, release, stores and files elsewhere of a world. */
  readonly getConfiguration: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetConfigurationResponse;
  };
  /** Changes the given members of the configuration: single limits, quotas, profiles and files elsewhere; the release; progress and stores as a whole. */
  readonly changeConfiguration: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: ChangeConfigurationBody;
    readonly response: ChangeConfigurationResponse;
  };
  /** Lists the tasks of a world, of all APIs and projects, newest first. */
  readonly listTasks: {
    readonly params: undefined;
    readonly query: ListTasksQuery;
    readonly body: undefined;
    readonly response: ListTasksResponse;
  };
  /** Changes the pace of a running task, counted from its start, or how it ends. */
  readonly changeTask: {
    readonly params: { readonly task_id: string };
    readonly query: undefined;
    readonly body: ChangeTaskBody;
    readonly response: ChangeTaskResponse;
  };
  /** Advances a task by one step: from pending to processing, from processing to its end. */
  readonly advanceTask: {
    readonly params: { readonly task_id: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: AdvanceTaskResponse;
  };
  /** Ends a task: successfully, unless `fail` is given. */
  readonly finishTask: {
    readonly params: { readonly task_id: string };
    readonly query: undefined;
    readonly body: FinishTaskBody;
    readonly response: FinishTaskResponse;
  };
  /** Lists the servers of a world, from which images can be created. */
  readonly listServers: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListServersResponse;
  };
  /** Sets any state of a server, without the checks of the doubled APIs. */
  readonly changeServer: {
    readonly params: { readonly server_id: string };
    readonly query: undefined;
    readonly body: ChangeServerBody;
    readonly response: ChangeServerResponse;
  };
  /** Returns the time of a world. */
  readonly getClock: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: GetClockResponse;
  };
  /** Sets, advances, freezes or resumes the clock of a world. */
  readonly setClock: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: SetClockBody;
    readonly response: SetClockResponse;
  };
  /** Takes a snapshot of the current state of a world. */
  readonly takeSnapshot: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: TakeSnapshotBody;
    readonly response: TakeSnapshotResponse;
  };
  /** Lists the snapshots of a world, oldest first. */
  readonly listSnapshots: {
    readonly params: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly response: ListSnapshotsResponse;
  };
  /** Restores a world to the state of a snapshot. */
  readonly restoreSnapshot: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
  /** Drops a snapshot; worlds that were created from it stay. */
  readonly dropSnapshot: {
    readonly params: { readonly name: string };
    readonly query: undefined;
    readonly body: undefined;
    readonly response: undefined;
  };
}

/** Method and path of each operation, below the address of the admin API. */
export const OPERATIONS: Readonly<Record<keyof Operations, string>> = {
  getIndex: 'GET /',
  getHealth: 'GET /health',
  getReady: 'GET /ready',
  listContracts: 'GET /contracts',
  getOpenapi: 'GET /openapi.json',
  listPorts: 'GET /ports',
  changePort: 'PUT /ports/{name}',
  createWorld: 'POST /worlds',
  listWorlds: 'GET /worlds',
  showWorld: 'GET /worlds/{name}',
  dropWorld: 'DELETE /worlds/{name}',
  resetWorld: 'POST /reset',
  getCoverage: 'GET /coverage',
  clearCoverage: 'DELETE /coverage',
  listContainers: 'GET /containers',
  getConduct: 'GET /conduct',
  getRecording: 'GET /recording',
  listScenarios: 'GET /scenarios',
  putScenario: 'PUT /scenarios/{name}',
  showScenario: 'GET /scenarios/{name}',
  deleteScenario: 'DELETE /scenarios/{name}',
  enableScenario: 'POST /scenarios/{name}/enable',
  disableScenario: 'POST /scenarios/{name}/disable',
  setScenarioState: 'PUT /scenarios/{name}/state',
  armFault: 'POST /faults',
  listFaults: 'GET /faults',
  disarmFaults: 'DELETE /faults',
  disarmFault: 'DELETE /faults/{fault_id}',
  listHeld: 'GET /held',
  showHeld: 'GET /held/{held_id}',
  continueHeld: 'POST /held/{held_id}/continue',
  respondHeld: 'POST /held/{held_id}/respond',
  listImages: 'GET /images',
  placeImage: 'POST /images',
  showImage: 'GET /images/{image_id}',
  changeImage: 'PATCH /images/{image_id}',
  removeImage: 'DELETE /images/{image_id}',
  listImageChanges: 'GET /images/changes',
  readImageData: 'GET /images/{image_id}/data',
  digestImage: 'POST /images/{image_id}/digest',
  listRequests: 'GET /requests',
  clearRequests: 'DELETE /requests',
  exportRequests: 'GET /requests/har',
  followRequests: 'GET /requests/stream',
  showRequest: 'GET /requests/{id}',
  showRequestImage: 'GET /requests/{id}/image',
  showNaturalResponse: 'GET /requests/{id}/natural',
  listHistory: 'GET /history',
  verifyRequests: 'POST /verify',
  showLabel: 'GET /label',
  setLabel: 'PUT /label',
  createRetryTest: 'POST /retry_test',
  listRetryTests: 'GET /retry_test',
  showRetryTest: 'GET /retry_test/{id}',
  deleteRetryTest: 'DELETE /retry_test/{id}',
  getConfiguration: 'GET /configuration',
  changeConfiguration: 'PUT /configuration',
  listTasks: 'GET /tasks',
  changeTask: 'PATCH /tasks/{task_id}',
  advanceTask: 'POST /tasks/{task_id}/advance',
  finishTask: 'POST /tasks/{task_id}/finish',
  listServers: 'GET /servers',
  changeServer: 'PATCH /servers/{server_id}',
  getClock: 'GET /clock',
  setClock: 'PUT /clock',
  takeSnapshot: 'POST /snapshots',
  listSnapshots: 'GET /snapshots',
  restoreSnapshot: 'POST /snapshots/{name}/restore',
  dropSnapshot: 'DELETE /snapshots/{name}',
};
