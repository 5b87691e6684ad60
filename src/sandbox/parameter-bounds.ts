import { validationError } from "./aws-error.ts";
import type { Parameters } from "./operation.ts";

/** The bounds that the API model of AWS sets to a parameter. */
export interface Bounds {
  readonly required?: true;
  /** Characters, or with `number` the value. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly number?: true;
}

/** Throws AWS's ValidationError, which lists every parameter that is out of its bounds. */
export function checkBounds(
  parameters: Parameters,
  bounds: Readonly<Record<string, Bounds>>,
): void {
  const errors = Object.entries(bounds).flatMap(([name, bound]) =>
    violations(parameters[name], bound).map(
      (constraint) =>
        `Value ${quote(parameters[name])} at '${camelCase(name)}' failed to satisfy constraint: Member must ${constraint}`,
    ),
  );
  if (errors.length === 0) return;
  const count = errors.length === 1 ? "1 validation error" : `${errors.length} validation errors`;
  throw validationError(`${count} detected: ${errors.join("; ")}`);
}

function violations(value: string | undefined, bounds: Bounds): string[] {
  const { required, min = 0, max = Infinity, pattern, number } = bounds;
  if (value === undefined) return required ? ["not be null"] : [];
  const size = number ? Number(value) : value.length;
  const measure = number ? "have value" : "have length";
  const regex = new RegExp(`^(?:${pattern ?? "[^]*"})$`, "u");
  return [
    ...(regex.test(value) ? [] : [`satisfy regular expression pattern: ${pattern}`]),
    ...(size > max ? [`${measure} less than or equal to ${max}`] : []),
    ...(size < min ? [`${measure} greater than or equal to ${min}`] : []),
  ];
}

function quote(value: string | undefined): string {
  return value === undefined ? "null" : `'${value}'`;
}

function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
