/** What signs a request to AWS. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for an IAM user's own pair. */
  readonly sessionToken: string | undefined;
}
