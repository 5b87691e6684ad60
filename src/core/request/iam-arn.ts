import { printable } from "../printable.ts";

/** The account in the ARN of a device or a role; undefined for anything else, such as a hardware serial. */
export function accountOfArn(arn: string): string | undefined {
  return /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
}

/** The name people know a role by: what follows `role/` in its ARN. */
export function roleName(arn: string): string {
  return printable(/:role\/(.+)$/.exec(arn)?.[1] ?? arn);
}
