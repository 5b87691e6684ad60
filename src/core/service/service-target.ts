import { firstVariable, variable, type Environment } from "../environment.ts";
import { printable } from "../printable.ts";
import { nearest, type Profile, type ProfileFiles } from "../aws-files/profile.ts";

/** A service that is asked, as variables name it (`AWS_ENDPOINT_URL_STS`). */
export type Service = "STS" | "IAM";

/** Where a service is asked. */
export interface ServiceTarget {
  readonly region: string;
  /** `AWS_ENDPOINT_URL_STS` and its relatives; undefined means AWS's own endpoint of the region. */
  readonly endpointUrl: string | undefined;
  /** Path of the certificates to trust instead of Node's own: `AWS_CA_BUNDLE`, `ca_bundle`. */
  readonly caBundle: string | undefined;
}

/** A region of each partition in which STS answers, and how regions of that partition begin. */
const partitions = [
  { name: "aws-cn", prefix: "cn-", region: "cn-northwest-1" },
  { name: "aws-us-gov", prefix: "us-gov-", region: "us-gov-west-1" },
  { name: "aws-iso", prefix: "us-iso-", region: "us-iso-east-1" },
  { name: "aws-iso-b", prefix: "us-isob-", region: "us-isob-east-1" },
  { name: "aws-iso-e", prefix: "eu-isoe-", region: "eu-isoe-west-1" },
  { name: "aws-iso-f", prefix: "us-isof-", region: "us-isof-south-1" },
  { name: "aws-eusc", prefix: "eusc-", region: "eusc-de-east-1" },
] as const;

const commercial = { name: "aws", region: "us-east-1" } as const;

/**
 * Region and endpoint for a service as the AWS CLI would choose them for the first of these profiles; what
 * that one leaves open is for the others to say, and without any region it is one in the partition of the
 * ARN, of a device or of a user.
 */
export function serviceTarget(
  service: Service,
  env: Environment,
  files: ProfileFiles,
  profiles: readonly Profile[],
  arn: string,
): ServiceTarget {
  const setting = (key: string): string | undefined =>
    nearest(profiles, (profile) => profile.setting(key) || undefined);
  return {
    region:
      firstVariable(env, "AWS_REGION", "AWS_DEFAULT_REGION") ??
      setting("region") ??
      partitionOfArn(arn).region,
    endpointUrl: endpointUrl(service, env, files, profiles),
    caBundle: variable(env, "AWS_CA_BUNDLE") ?? setting("ca_bundle"),
  };
}

/** The part of an identity that says where its session is valid. */
export function endpointIdentity({ region, endpointUrl }: ServiceTarget): string {
  if (endpointUrl !== undefined) return endpointUrl;
  return (partitions.find(({ prefix }) => region.startsWith(prefix)) ?? commercial).name;
}

/** Where a service is asked, for messages: without the name and password that a URL may hold. */
export function servicePlace({ region, endpointUrl }: ServiceTarget): string {
  return printable(endpointUrl === undefined ? region : withoutUserInfo(endpointUrl));
}

/** A URL, or what was meant for one, without the name and password in it. */
export function withoutUserInfo(url: string): string {
  return url.replace(/(\/\/|^)[^/?#]*@/, "$1");
}

function partitionOfArn(arn: string): { region: string } {
  const name = /^arn:([^:]+):/.exec(arn)?.[1];
  return partitions.find((partition) => partition.name === name) ?? commercial;
}

/** Whether the user wants none of the configured endpoints. */
export function ignoresEndpoints(env: Environment, profile: Profile | undefined): boolean {
  const ignored =
    variable(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ??
    profile?.setting("ignore_configured_endpoint_urls");
  return ignored?.toLowerCase() === "true";
}

/** botocore's order: service variable, global variable, `[services]` section, the profile. */
function endpointUrl(
  service: Service,
  env: Environment,
  files: ProfileFiles,
  profiles: readonly Profile[],
): string | undefined {
  if (ignoresEndpoints(env, profiles[0])) return undefined;
  const fromEnvironment = firstVariable(env, `AWS_ENDPOINT_URL_${service}`, "AWS_ENDPOINT_URL");
  return (
    fromEnvironment ?? nearest(profiles, (profile) => configuredEndpoint(service, files, profile))
  );
}

function configuredEndpoint(
  service: Service,
  files: ProfileFiles,
  profile: Profile,
): string | undefined {
  const services = profile.setting("services");
  const ofService =
    services && files.serviceSettings(services, service.toLowerCase())?.get("endpoint_url");
  return ofService || profile.setting("endpoint_url") || undefined;
}
