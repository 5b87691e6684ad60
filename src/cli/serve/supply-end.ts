import type { RenewalFailure } from "../../core/watch/renewal-report.ts";

/** How it went to get a session in a process of its own: what of it can be said in JSON. */
export type SupplyEnd =
  | {
      readonly kind: "supplied";
      readonly keys: {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken: string;
      };
      /** ISO 8601. */
      readonly expiration: string;
    }
  | { readonly kind: "failed"; readonly failure: RenewalFailure };
