// Written by `npm run generate`; do not edit.

/** What a world starts with, as in a fixture file: images, users, projects, quotas and settings. */
export interface Fixtures {
  /** Address or path of this schema, for editors. */
  readonly $schema?: string;
  /** Description of the fixtures. */
  readonly description?: string;
  /** Regions in the service catalogs. */
  readonly regions?: {
    /** Default: RegionOne. */
    readonly openstack?: string;
    /** Default: DFW. */
    readonly rackspace?: string;
    /** Default: eu-de. */
    readonly huawei?: string;
  };
  /** The services in the catalogs that logins return. A list replaces the default services of its provider. */
  readonly catalog?: {
    /** Services of openstack. */
    readonly openstack?: readonly CatalogServiceFixture[];
    /** Services of rackspace. */
    readonly rackspace?: readonly CatalogServiceFixture[];
    /** Services of huawei. */
    readonly huawei?: readonly CatalogServiceFixture[];
  };
  /** Domains of projects and users. Default: one domain with the name Default. */
  readonly domains?: readonly DomainFixture[];
  /**
   * Roles in addition to admin, member and reader.
   *
   * Items: Name of a role.
   */
  readonly roles?: readonly string[];
  /** Projects (tenants). */
  readonly projects?: readonly ProjectFixture[];
  /** Users who can log in. */
  readonly users?: readonly UserFixture[];
  /** The images. */
  readonly images?: readonly ImageFixture[];
  /** Flavors that the Compute API lists and that servers can be created with. */
  readonly flavors?: readonly OfferedFlavorFixture[];
  /** Servers. The image that a server runs from cannot be deleted, and images can be created from servers. */
  readonly servers?: readonly ServerFixture[];
  /** Containers (buckets) of files that images are created from and exported to. */
  readonly containers?: readonly ContainerFixture[];
  /** Volumes. Images can be created from them. */
  readonly volumes?: readonly VolumeFixture[];
  /** Backups of whole servers. Images can be created from them. */
  readonly backups?: readonly BackupFixture[];
  /** Namespaces of metadata definitions. */
  readonly metadefs?: readonly MetadefFixture[];
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
export interface CatalogServiceFixture {
  /** Default: generated from the seed. */
  readonly id?: string;
  /** Type by which clients find the service: image, compute, identity. */
  readonly type: string;
  /** Default: the type. */
  readonly name?: string;
  /** Whether the catalog contains the service. Default: true. */
  readonly enabled?: boolean;
  /** Default: none. */
  readonly endpoints?: readonly CatalogEndpointFixture[];
}
export interface CatalogEndpointFixture {
  /** Id of the endpoint, for a single interface. Default: generated from the seed. */
  readonly id?: string;
  /**
   * Address of the service. A path such as /image/v2 is below the address of the world. Names such as $(project_id)s
   * are filled in: tenant_id, user_id, project_id, public_port, admin_port, public_endpoint, public_bind_host,
   * admin_bind_host, compute_host.
   */
  readonly url: string;
  /** One interface or several. Default: public, internal and admin; for Rackspace, public. */
  readonly interface?: ('public' | 'internal' | 'admin') | readonly ('public' | 'internal' | 'admin')[];
  /** Default: the region of the provider in "regions". */
  readonly region?: string;
  /** Whether the catalog contains the endpoint. Default: true. */
  readonly enabled?: boolean;
  /** What Rackspace says about the version of the API; only for Rackspace. */
  readonly version?: {
    /** versionId. */
    readonly id?: string;
    /**
     * versionInfo. A path such as /image/v2 is below the address of the world. Names such as $(project_id)s are filled
     * in: tenant_id, user_id, project_id, public_port, admin_port, public_endpoint, public_bind_host, admin_bind_host,
     * compute_host.
     */
    readonly info?: string;
    /**
     * versionList. A path such as /image/v2 is below the address of the world. Names such as $(project_id)s are filled
     * in: tenant_id, user_id, project_id, public_port, admin_port, public_endpoint, public_bind_host, admin_bind_host,
     * compute_host.
     */
    readonly list?: string;
  };
}
export interface DomainFixture {
  /** Default: "default" for the domain Default; otherwise generated from the seed and the name. */
  readonly id?: string;
  /** Name of the domain. */
  readonly name: string;
  /** Description of the domain. */
  readonly description?: string;
  /** Whether users of the domain can log in. Default: true. */
  readonly enabled?: boolean;
}
export interface ProjectFixture {
  /** Default: generated from the seed and the name. */
  readonly id?: string;
  /** Name of the project. */
  readonly name: string;
  /** Description of the project. */
  readonly description?: string;
  /** Name or id of the domain. Default: the first domain. */
  readonly domain?: string;
  /** Default: true. */
  readonly enabled?: boolean;
}
export interface UserFixture {
  /** Default: generated from the seed and the name. */
  readonly id?: string;
  /** Name with which the user logs in. */
  readonly name: string;
  /** Default: secret. */
  readonly password?: string;
  /** E-mail address. */
  readonly email?: string | null;
  /** Name or id of the domain. Default: the first domain. */
  readonly domain?: string;
  /** Default: true. */
  readonly enabled?: boolean;
  /** Name or id of the project for logins that name none. */
  readonly project?: string;
  /** Roles by project. admin implies member, and member implies reader. */
  readonly roles?: {
    /** Items: Name of a role. */
    readonly [k: string]: readonly string[];
  };
  /** Roles by domain. They apply to the domain itself and not to its projects. */
  readonly domainRoles?: {
    /** Items: Name of a role. */
    readonly [k: string]: readonly string[];
  };
  /**
   * Roles in the whole cloud.
   *
   * Items: Name of a role.
   */
  readonly systemRoles?: readonly string[];
  /** Rackspace API key. */
  readonly apiKey?: string | null;
  /** Key pairs for signed requests (Huawei). */
  readonly accessKeys?: readonly {
    /** The access key (AK). */
    readonly access: string;
    /** The secret key (SK). */
    readonly secret: string;
  }[];
}
export interface ImageFixture {
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
export interface OfferedFlavorFixture {
  /** Default: the name. */
  readonly id?: string;
  /** Name of the flavor. */
  readonly name: string;
  /** Number of processors. Default: 1. */
  readonly vcpus?: number;
  /** Memory in megabytes. Default: 512. */
  readonly ram?: number;
  /** Disk in gigabytes; 0 for a disk of the size of the image. Default: 1. */
  readonly disk?: number;
  /** Second disk in gigabytes. Default: 0. */
  readonly ephemeral?: number;
  /** Swap space in megabytes. Default: 0. */
  readonly swap?: number;
  /** Share of the network bandwidth. Default: 1. */
  readonly rxtxFactor?: number;
  /** Whether the flavor is listed as disabled. Default: false. */
  readonly disabled?: boolean;
  /**
   * Projects that may use the flavor. Default: all; the flavor is public.
   *
   * Items: Name or id of a project.
   */
  readonly access?: readonly string[];
  /** Description. Default: null. */
  readonly description?: string | null;
  /** Extra specs of the flavor. */
  readonly extraSpecs?: {
    readonly [k: string]: string;
  };
}
export interface ServerFixture {
  /** Default: generated from the seed, the project and the name. */
  readonly id?: string;
  /** Name of the server. */
  readonly name: string;
  /** Name or id of the project. Default: the first project. */
  readonly project?: string;
  /** Name or id of the user who created it. Default: the first user with a role in the project. */
  readonly user?: string;
  /** Id or name of the image that the server runs from; null for a server that runs from a volume. */
  readonly image: string | null;
  /** Default: ACTIVE. */
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
  /** What the server is doing, such as image_snapshot. Default: null, for nothing. */
  readonly taskState?: string | null;
  /** Whether only administrators may act on the server. Default: false. */
  readonly locked?: boolean;
  /** Metadata of the server. */
  readonly metadata?: {
    readonly [k: string]: string;
  };
  /** Time of creation. Default: the time at which the fixtures are loaded. */
  readonly createdAt?: string | null;
  /** Processors, memory and disk of the server. */
  readonly flavor?: {
    /** Default: 1. */
    readonly id?: string;
    /** Default: m1.tiny. */
    readonly name?: string;
    /** Number of processors. Default: 1. */
    readonly vcpus?: number;
    /** Memory in megabytes. Default: 512. */
    readonly ram?: number;
    /** Disk in gigabytes. Default: 1. */
    readonly disk?: number;
  };
}
export interface ContainerFixture {
  /** Name of the container. */
  readonly name: string;
  /** Name or id of the project. Default: the first project. */
  readonly project?: string;
  /** Files in the container. */
  readonly objects?: readonly {
    /** Name of the file. */
    readonly name: string;
    /** Size of the file. Default: 1 MiB. Bytes, or a number with a unit: 512MiB, 2TiB. */
    readonly size?: number | string;
    /** Disk format of the content; null if it is not a disk. Default: the extension of the name. */
    readonly format?: string | null;
    /** Seed for the bytes of the file. Default: the position of the file in the list. */
    readonly seed?: number;
    /** Code of the failure that creating an image from the file ends in, such as 721. */
    readonly flaw?: string;
  }[];
}
export interface VolumeFixture {
  /** Default: generated from the seed, the project and the name. */
  readonly id?: string;
  /** Name or id of the project. Default: the first project. */
  readonly project?: string;
  /** Gigabytes. Default: 40. */
  readonly size?: number;
  /** Name of the volume. */
  readonly name: string;
  /** Default: in-use for a volume with a server, otherwise available. */
  readonly status?: 'available' | 'in-use' | 'creating' | 'attaching' | 'detaching' | 'deleting' | 'error';
  /** Id or name of the server that the volume is attached to. */
  readonly server?: string;
  /** Whether the server, whose image is null, runs from the volume. Default: false. */
  readonly root?: boolean;
}
export interface BackupFixture {
  /** Default: generated from the seed, the project and the name. */
  readonly id?: string;
  /** Name or id of the project. Default: the first project. */
  readonly project?: string;
  /** Gigabytes. Default: 40. */
  readonly size?: number;
  /** Name of the backup. */
  readonly name: string;
  /** The service that created the backup. Default: CSBS. */
  readonly kind?: 'CSBS' | 'CBR';
  /** Default: available. */
  readonly status?: 'available' | 'creating' | 'restoring' | 'deleting' | 'error';
  /** Id or name of the server that was backed up. */
  readonly server?: string;
}
export interface MetadefFixture {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Name that users see. */
  readonly display_name?: string;
  /** Description of the namespace. */
  readonly description?: string;
  /** Who sees the namespace. Default: private, as in the API. */
  readonly visibility?: 'public' | 'private';
  /** Whether the namespace cannot be deleted. */
  readonly protected?: boolean;
  /** Name or id of a project. Default: the first project. */
  readonly owner?: string;
  /** Types of resources that the namespace applies to. */
  readonly resource_type_associations?: readonly {
    /** The type, such as OS::Nova::Flavor. */
    readonly name: string;
    /** Prefix of the names of the properties in resources of this type. */
    readonly prefix?: string;
    /** Which of several sets of properties of the resource the namespace applies to. */
    readonly properties_target?: string;
  }[];
  /** Properties by name; each value is a JSON schema. */
  readonly properties?: {
    readonly [k: string]: {
      /** Ignored: the key is the name of the property. */
      readonly name?: string;
      /** Name that users see. */
      readonly title: string;
      /** Description of the property. */
      readonly description?: string;
      /** Type of the value. */
      readonly type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
      /** Operators that may precede a value. */
      readonly operators?: readonly string[];
      /** Default value; stored as text. */
      readonly default?: unknown;
      /** Whether users cannot set the property. */
      readonly readonly?: boolean;
      /** Minimum value. */
      readonly minimum?: number;
      /** Maximum value. */
      readonly maximum?: number;
      /** Allowed values. */
      readonly enum?: readonly string[];
      /** Regular expression for values. */
      readonly pattern?: string;
      /** Minimum length. */
      readonly minLength?: number;
      /** Maximum length. */
      readonly maxLength?: number;
      /** Whether only some users may see the value. */
      readonly confidential?: boolean;
      /** Schema of the items of a list. */
      readonly items?: {
        /** Type of an item. */
        readonly type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
        /** Allowed items. */
        readonly enum?: readonly string[];
      };
      /** Whether items must be unique. */
      readonly uniqueItems?: boolean;
      /** Minimum number of items. */
      readonly minItems?: number;
      /** Maximum number of items. */
      readonly maxItems?: number;
      /** Whether a list may contain items that the schema does not describe. */
      readonly additionalItems?: boolean;
    };
  };
  /** Groups of properties. */
  readonly objects?: readonly {
    /** Name of the group. */
    readonly name: string;
    /** Description of the group. */
    readonly description?: string;
    /** Names of the required properties. */
    readonly required?: readonly string[];
    /** Properties by name; each value is a JSON schema. */
    readonly properties?: {
      readonly [k: string]: {
        /** Ignored: the key is the name of the property. */
        readonly name?: string;
        /** Name that users see. */
        readonly title: string;
        /** Description of the property. */
        readonly description?: string;
        /** Type of the value. */
        readonly type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
        /** Operators that may precede a value. */
        readonly operators?: readonly string[];
        /** Default value; stored as text. */
        readonly default?: unknown;
        /** Whether users cannot set the property. */
        readonly readonly?: boolean;
        /** Minimum value. */
        readonly minimum?: number;
        /** Maximum value. */
        readonly maximum?: number;
        /** Allowed values. */
        readonly enum?: readonly string[];
        /** Regular expression for values. */
        readonly pattern?: string;
        /** Minimum length. */
        readonly minLength?: number;
        /** Maximum length. */
        readonly maxLength?: number;
        /** Whether only some users may see the value. */
        readonly confidential?: boolean;
        /** Schema of the items of a list. */
        readonly items?: {
          /** Type of an item. */
          readonly type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
          /** Allowed items. */
          readonly enum?: readonly string[];
        };
        /** Whether items must be unique. */
        readonly uniqueItems?: boolean;
        /** Minimum number of items. */
        readonly minItems?: number;
        /** Maximum number of items. */
        readonly maxItems?: number;
        /** Whether a list may contain items that the schema does not describe. */
        readonly additionalItems?: boolean;
      };
    };
  }[];
  /** Tags. */
  readonly tags?: readonly {
    /** A tag. */
    readonly name: string;
  }[];
}
