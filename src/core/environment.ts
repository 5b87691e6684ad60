/** The environment of this process, passed in rather than read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value; an empty one counts as unset. */
export function variable(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}

/** The first of several variables that is set and not empty. */
export function firstVariable(env: Environment, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = variable(env, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a switch such as `AWS_MFA_DEBUG` is on: anything but empty, `0` and `false`. */
export function isSwitchedOn(env: Environment, name: string): boolean {
  const value = variable(env, name)?.toLowerCase();
  return value !== undefined && value !== "0" && value !== "false";
}

/** The same for whoever comes later: a code in a variable is good for one use. */
export function withoutCode({ AWS_MFA_TOKEN: _used, ...env }: Environment): Environment {
  return env;
}
