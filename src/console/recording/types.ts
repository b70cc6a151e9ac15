// Written by `npm run generate`; do not edit.

export interface Recording {
  readonly format: unknown;
  /** Version of the format. */
  readonly version: number;
  /** Version of Sideglance that wrote it. */
  readonly sideglance: string;
  /** When it was written: ISO 8601. */
  readonly written: string;
  readonly about: {
    /** What was recorded. */
    readonly kind?: 'test' | 'case' | 'point' | 'run' | 'world';
    /** Name of the test, case or point. */
    readonly name?: string;
    /** File of the test or case. */
    readonly file?: string;
    /** How it ended. */
    readonly verdict?: string;
    /** Message of the failure. */
    readonly error?: string;
    /**
     * The command of the client.
     *
     * Items: An argument.
     */
    readonly command?: readonly string[];
    /** Variables that the client had besides those of its world. */
    readonly environment?: {
      readonly [k: string]: string;
    };
    /** Folder that variables of the client name files in. */
    readonly folder?: string;
    /** Files that the client found in the folder, in base64, by name. */
    readonly files?: {
      readonly [k: string]: string;
    };
    /** Anything else. */
    readonly details?: {
      readonly [k: string]: unknown;
    };
  };
  readonly world: {
    /** Name of the world. */
    readonly name: string;
    /** Address of the root of the server. */
    readonly root: string;
    /** Seed of generated ids and random choices. */
    readonly seed: string;
    /** Label of the requests. */
    readonly label?: string;
  };
  readonly start: {
    /** All images. */
    readonly images: readonly {
      /** Id of the image. */
      readonly id: string;
    }[];
    /** Everything else, by collection and id. */
    readonly documents: {
      readonly [k: string]: {
        readonly [k: string]: unknown;
      };
    };
    /** Items: A scenario that was enabled. */
    readonly scenarios: readonly {
      readonly [k: string]: unknown;
    }[];
  };
  /** Requests to the admin API that changed the world. */
  readonly actions: readonly {
    /** Id of the last request before it; 0 for none. */
    readonly after: number;
    /** Milliseconds since 1970, by the world's clock. */
    readonly time: number;
    /** Operation of the admin API. */
    readonly operation: string;
    readonly params?: {
      readonly [k: string]: string;
    };
    /** Query parameters. */
    readonly query?: {
      readonly [k: string]: unknown;
    };
    /** The body. */
    readonly body?: unknown;
  }[];
  /** Changes of images. */
  readonly changes: readonly {
    /** Id of the last request before it; 0 for none. */
    readonly after: number;
    /** Milliseconds since 1970, by the world's clock. */
    readonly time: number;
    readonly image: {
      /** Id of the image. */
      readonly id: string;
    };
  }[];
  readonly conduct: {
    readonly verdict: 'pass' | 'warn' | 'fail' | 'inconclusive';
    readonly findings: readonly {
      /** Id of the rule. */
      readonly rule: string;
      /** error, warning or info. */
      readonly severity: string;
      /** Name of the client. */
      readonly client: string;
      /** What happened. */
      readonly message: string;
      /** Items: Id of a request that shows it. */
      readonly entries: readonly number[];
    }[];
  };
  /** What clients could meet below HTTP at ports with TLS, or where something happened. */
  readonly ports?: readonly {
    /** common, admin, or the API that has the port for itself. */
    readonly name: string;
    /** What it does with new connections when the recording begins. */
    readonly state: 'open' | 'refusing' | 'resetting';
    /** The certificate that it presents. */
    readonly certificate?: 'valid' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-authority';
    readonly events: readonly {
      /** Id of the last request that had ended; 0 for none. */
      readonly after: number;
      /** Milliseconds since 1970, by the machine's clock. */
      readonly time: number;
      /** What happened. */
      readonly kind: 'open' | 'refusing' | 'resetting' | 'certificate' | 'reset' | 'handshake failed';
      /** The certificate that it presents. */
      readonly certificate?: 'valid' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-authority';
      /** Number of connections that had the certificate before. */
      readonly connections?: number;
      /** Why the handshake failed. */
      readonly reason?: string;
    }[];
    /** Events that the recording lacks. */
    readonly dropped: number;
  }[];
  /** Requests that the world received. */
  readonly recorded: number;
  readonly dropped: {
    /** Requests that the journal had dropped. */
    readonly requests: number;
    /** Actions that were dropped. */
    readonly actions: number;
    /** Changes that were dropped. */
    readonly changes: number;
  };
  /** In the order in which their responses were ready. */
  readonly requests: readonly {
    /** Number of the request in its world. */
    readonly id: number;
    /** Milliseconds since 1970, by the world's clock. */
    readonly time: number;
    /** Milliseconds since 1970, by the machine's clock, at which the request head had arrived. */
    readonly started: number;
    /** Name of the world. */
    readonly world: string;
    /** The API. */
    readonly dialect: string;
    /** dialect.operation; null when none matched. */
    readonly operation: string | null;
    /** As sent. */
    readonly method: string;
    /** Path and query as sent. Secrets are redacted. */
    readonly url: string;
    /** Status; 0 when there was no response. */
    readonly status: number;
    readonly source: 'natural' | 'by-profile' | 'injected';
    readonly outcome: 'complete' | 'faulty' | 'client gone' | 'pending';
    /** 1, or one more for each failed attempt at the same request right before. */
    readonly attempt: number;
    readonly connection: {
      /** Number of the connection. */
      readonly id: number;
      /** Number of the request on it. */
      readonly request: number;
    };
    readonly request: {
      readonly headers: readonly {
        /** As sent. */
        readonly name: string;
        /** Secrets are redacted. */
        readonly value: string;
      }[];
      readonly body?: {
        /** Bytes of the body that arrived or were sent, stored or not. */
        readonly size: number;
        /** The body, or its beginning, if it is UTF-8. Secrets are redacted. */
        readonly text?: string;
        /** The body, or its beginning, if it is not UTF-8. */
        readonly base64?: string;
        /** The body is longer than what is stored of it. */
        readonly truncated?: unknown;
        /** The body was still arriving. */
        readonly arriving?: unknown;
        readonly digests?: {
          /** Hexadecimal. */
          readonly md5: string;
          /** Hexadecimal. */
          readonly sha256?: string;
          /** Hexadecimal. */
          readonly sha512?: string;
        };
      };
    };
    readonly response: {
      readonly headers: readonly {
        /** As sent. */
        readonly name: string;
        /** Secrets are redacted. */
        readonly value: string;
      }[];
      readonly body?: {
        /** Bytes of the body that arrived or were sent, stored or not. */
        readonly size: number;
        /** The body, or its beginning, if it is UTF-8. Secrets are redacted. */
        readonly text?: string;
        /** The body, or its beginning, if it is not UTF-8. */
        readonly base64?: string;
        /** The body is longer than what is stored of it. */
        readonly truncated?: unknown;
        /** The body was still arriving. */
        readonly arriving?: unknown;
        readonly digests?: {
          /** Hexadecimal. */
          readonly md5: string;
          /** Hexadecimal. */
          readonly sha256?: string;
          /** Hexadecimal. */
          readonly sha512?: string;
        };
      };
    };
    readonly timings: {
      /** Milliseconds from the arrival of the request head. */
      readonly firstByte: number;
      /** Milliseconds from the arrival of the request head. */
      readonly lastByte: number;
    };
    /** Duration. */
    readonly milliseconds: number;
    /** The User-Agent. */
    readonly userAgent?: string;
    /** Name of the caller. */
    readonly user?: string;
    /** Project id of the caller. */
    readonly project?: string;
    /** The image that the request names or created. */
    readonly image?: string;
    /** Label of the request. */
    readonly label?: string;
    /** Likely cause of an unexpected response. */
    readonly hint?: string;
    /** An internal error. */
    readonly failure?: string;
    /** What is wrong with bytes that are not an HTTP request. */
    readonly invalid?: string;
    /** Reason phrase, if it is not the usual one. */
    readonly reason?: string;
    /** Items: A profile that decided the response. */
    readonly profiles?: readonly string[];
    readonly fault?: {
      /** Scenario, one-off fault or request header. */
      readonly scenario: string;
      /** Index of the rule. */
      readonly rule: number;
      /** answer, delay, cut, ... */
      readonly kind: string;
      /** before, after, twice or late. */
      readonly phase: string;
      /** Somebody decided it by hand while the request was held. */
      readonly byHand?: unknown;
    };
    /** Items: A similar operation. */
    readonly nearest?: readonly string[];
    readonly violations?: readonly {
      /** JSON pointer. */
      readonly pointer: string;
      /** What is wrong. */
      readonly message: string;
    }[];
    /** What the fault engine decided. */
    readonly decision?: {
      readonly fault: {
        readonly kind: 'answer' | 'alter' | 'wire' | 'delay' | 'progress' | 'source' | 'hold';
      };
      /** When the effect of the request took place. */
      readonly phase:
        | ('before' | 'after' | 'twice')
        | {
            /** How long after the response. */
            readonly late: {
              readonly [k: string]: unknown;
            };
          };
      /** Scenario, one-off fault or request header. */
      readonly scenario: string;
      /** Index of the rule in its scenario. */
      readonly rule: number;
      /** Progress of the tasks that the request started. */
      readonly progress?: unknown;
      /** Behavior of the sources that the request downloaded. */
      readonly source?: {
        readonly [k: string]: unknown;
      };
      /** Where the request was held. */
      readonly holds?: readonly {
        readonly at: 'request' | 'response';
        /** The longest time. */
        readonly milliseconds: number;
        /** Scenario or one-off fault. */
        readonly scenario: string;
        /** Index of the rule in its scenario. */
        readonly rule: number;
      }[];
      /** Somebody decided it by hand while the request was held. */
      readonly isByHand?: unknown;
      /** Somebody changed the request by hand. */
      readonly isRequestChanged?: unknown;
      /** Delay by the machine's clock. */
      readonly delayMilliseconds: number;
      /** Delay by the world's clock. */
      readonly clockMilliseconds: number;
      /** The rule was evaluated before authentication. */
      readonly isEarly?: unknown;
    };
  }[];
  /** SHA-256 of all other members; "edited" if they were changed on purpose. Version 1 has none. */
  readonly digest?: string;
}
