/** What a sandbox holds at its start; whatever is left out is the default world of `default-world.ts`. */
export interface SandboxOptions {
  readonly users?: readonly UserOptions[];
  readonly roles?: readonly RoleOptions[];
  readonly buckets?: readonly string[];
  /** Whether users without MFA are denied everything in S3 and IAM (default true). */
  readonly requireMfa?: boolean;
  /** Issue sessions of this many seconds, whatever the client asks for. */
  readonly sessionSeconds?: number;
  /** The length of session tokens in characters (default 400; AWS goes up to 4096). */
  readonly tokenLength?: number;
  /** The port on 127.0.0.1 (default: a free one). */
  readonly port?: number;
  /** Serve HTTPS with this key and certificate (PEM, for 127.0.0.1) instead of HTTP. */
  readonly tls?: TlsOptions;
}

/** A private key and its certificate, both PEM. */
export interface TlsOptions {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
}

/** An IAM user to create; keys and device seeds that are left out are made up freshly. */
export interface UserOptions {
  readonly name: string;
  /** Twelve digits (default `123456789012`). */
  readonly accountId?: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, … (default `aws`). */
  readonly partition?: string;
  /** How many access key pairs, or the pairs themselves (default one). */
  readonly keys?: number | readonly AccessKeyPair[];
  /** Devices by name (`phone`) or whole, a hardware serial being a whole one (default: none). */
  readonly devices?: readonly (string | MfaDevice)[];
}

/** A role to create; every trust setting that is left out demands nothing. */
export interface RoleOptions {
  readonly name: string;
  /** Twelve digits (default `123456789012`). */
  readonly accountId?: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, … (default `aws`). */
  readonly partition?: string;
  readonly trust?: TrustOptions;
  /** Seconds, 3600..43200 (default 3600). */
  readonly maxSessionDuration?: number;
}

/** Who may assume a role, and on which conditions. */
export interface TrustOptions {
  /** ARNs of users, roles or account roots, or account ids (default: the role's own account). */
  readonly principals?: readonly string[];
  /** Demands `aws:MultiFactorAuthPresent`. */
  readonly mfa?: boolean;
  /** Demands that `aws:MultiFactorAuthAge` is below this many seconds. */
  readonly maxMfaAge?: number;
  readonly externalId?: string;
}

/** Long-term keys. */
export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An MFA device: its serial (an ARN, or `GAHT12345678`) and its seed in base 32. */
export interface MfaDevice {
  readonly serial: string;
  readonly secret: string;
}
