import { ListMFADevicesCommand, type ListMFADevicesResponse } from "@aws-sdk/client-iam";
import type { Environment } from "../core/environment.ts";
import type { Keys } from "../core/keys.ts";
import type { Rejection } from "../core/service/rejection.ts";
import type { ServiceTarget } from "../core/service/service-target.ts";
import { askPatiently } from "./ask-patiently.ts";
import { createIamClient } from "./iam-client.ts";
import { emptyAnswer } from "./to-rejection.ts";

/** Whose devices, and where IAM is asked. */
export interface IamRequest {
  readonly keys: Keys;
  readonly iam: ServiceTarget;
  readonly env: Environment;
  /** For how many milliseconds each page is worth waiting; 40 s an attempt without it. */
  readonly withinMs?: number;
}

/** The serials of a user's MFA devices, or why they are not known. */
export type DevicesAnswer =
  { kind: "devices"; serials: readonly string[] } | { kind: "rejected"; rejection: Rejection };

/** Asks for the MFA devices of the user whose keys these are (ListMFADevices), page by page. */
export async function listMfaDevices(request: IamRequest): Promise<DevicesAnswer> {
  const { keys, withinMs } = request;
  const client = createIamClient(request);
  const serials: string[] = [];
  let Marker: string | undefined;
  try {
    do {
      const command = new ListMFADevicesCommand({ Marker });
      const send = async (options: { abortSignal: AbortSignal }): Promise<DevicesPage> =>
        toDevicesPage(await client.send(command, options));
      const page = await askPatiently({ keys, withinMs, send });
      if (page.kind === "rejected") return page;
      serials.push(...page.answer.serials);
      Marker = page.answer.next;
    } while (Marker !== undefined);
    return { kind: "devices", serials };
  } finally {
    client.destroy();
  }
}

interface DevicesPage {
  readonly serials: readonly string[];
  /** Where the next page begins. */
  readonly next: string | undefined;
}

/** Throws as the SDK would where it is not IAM's answer. */
function toDevicesPage(answer: ListMFADevicesResponse): DevicesPage {
  const { MFADevices = [], IsTruncated, Marker } = answer;
  if (IsTruncated === undefined) throw emptyAnswer("no list of devices");
  const serials = MFADevices.flatMap(({ SerialNumber }) => SerialNumber ?? []);
  return { serials, next: IsTruncated ? Marker : undefined };
}
