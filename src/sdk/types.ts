/** Says which profile's session, and where a code comes from. All of it may be left out. */
export interface FromMfaSessionInit {
  /** The profile; else that of the client, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, or `default`. */
  readonly profile?: string | undefined;
  /** Path of the credentials file; else `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/credentials`. */
  readonly filepath?: string | undefined;
  /** Path of the config file; else `AWS_CONFIG_FILE`, or `~/.aws/config`. */
  readonly configFilepath?: string | undefined;
  /**
   * Gives the code of the MFA device with that serial; what is not six digits, or refused by AWS, is asked for
   * again. Without it codes come from where the command line takes them: `AWS_MFA_TOKEN`, `mfa_process`, a
   * prompt on the terminal, an askpass program.
   */
  readonly mfaCodeProvider?: ((mfaSerial: string) => Promise<string>) | undefined;
  /** How STS is asked. */
  readonly clientConfig?: StsConfig | undefined;
  /** The client that the credentials are for: what `profile`, `clientConfig` and `logger` leave open. */
  readonly parentClientConfig?: ParentClientConfig | undefined;
  /** Hears what is decided, and why; never a secret. Notices for the user go to stderr. */
  readonly logger?: MfaSessionLogger | undefined;
}

/** What of the configuration of an STS client is used. */
export interface StsConfig {
  /** Else `AWS_REGION`, `AWS_DEFAULT_REGION`, that of the profile, or one of the partition of the device. */
  readonly region?: string | (() => Promise<string>) | undefined;
  /** A URL, as any client of the SDK takes it; else `AWS_ENDPOINT_URL_STS` and its relatives, or AWS's own. */
  readonly endpoint?: StsEndpoint | (() => Promise<StsEndpoint>) | undefined;
  /** Else one that knows `HTTPS_PROXY`, `NO_PROXY`, `AWS_CA_BUNDLE` and `ca_bundle`. */
  readonly requestHandler?: unknown;
}

/** Where STS is asked. */
export type StsEndpoint =
  | string
  | { readonly url: URL }
  | {
      readonly protocol: string;
      readonly hostname: string;
      readonly port?: number | undefined;
      readonly path: string;
    };

/** What of the configuration of the client is used. */
export interface ParentClientConfig {
  readonly profile?: string | undefined;
  readonly region?: string | (() => Promise<string>) | undefined;
  readonly requestHandler?: unknown;
  readonly logger?: MfaSessionLogger | undefined;
}

/** The part of a logger of the SDK that is used; `console` is one. */
export interface MfaSessionLogger {
  debug(...content: unknown[]): void;
}

/** Temporary credentials, as clients of the SDK take them. */
export interface MfaSessionIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** When the session ends; a client asks for another one five minutes before. */
  readonly expiration: Date;
}

/**
 * Gives a session that has time left, a stored one or a new one; a client calls it by itself, as `credentials`.
 * Rejects with an {@link MfaSessionError}.
 */
export type MfaSessionProvider = (identityProperties?: {
  readonly callerClientConfig?: { readonly profile?: string | undefined } | undefined;
}) => Promise<MfaSessionIdentity>;

/** Why there is no session: the SDK's own kind of error, by which a chain of providers goes on. */
export interface MfaSessionError extends Error {
  readonly name: "CredentialsProviderError";
  /** Whether there is no such profile, or it needs no MFA session: other providers may know better. */
  readonly tryNextLink: boolean;
  /** Stable and machine-readable: ours (`NoSession`, `NoCode`, `Interrupted`) or AWS's (`AccessDenied`). */
  readonly code: string;
}

/** Makes a provider of MFA sessions for a client of the AWS SDK for JavaScript v3. */
export type FromMfaSession = (init?: FromMfaSessionInit) => MfaSessionProvider;
