const PREFIXES: Readonly<Record<string, string>> = {
  "cn-": "aws-cn",
  "us-gov-": "aws-us-gov",
  "eusc-": "aws-eusc",
};

/** The partition that a region belongs to. */
export function partitionOfRegion(region: string): string {
  const prefix = Object.keys(PREFIXES).find((each) => region.startsWith(each));
  return (prefix && PREFIXES[prefix]) ?? "aws";
}

/** The partition that an ARN names. */
export function partitionOfArn(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}
