import { describe, expect, it } from "vitest";
import type { Environment } from "../../../src/core/environment.ts";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { profileFiles } from "../../../src/core/aws-files/profile.ts";
import {
  endpointIdentity,
  servicePlace,
  serviceTarget,
} from "../../../src/core/service/service-target.ts";

const serial = "arn:aws:iam::123456789012:mfa/phone";

/** The target for a profile with these settings, one a line. */
function target(env: Environment, settings: string, device = serial) {
  const services = `
[services local]
sts =
  endpoint_url = http://services
s3 =
  endpoint_url = http://s3
[services empty]
[services bare]
sts =
  endpoint_url =
`;
  const files = profileFiles(parseIni(`[profile p]\n${settings}\n${services}`), parseIni(""));
  return serviceTarget("STS", env, files, [files.find("p")!], device);
}

describe("the region", () => {
  it.each<[env: Environment, settings: string, region: string]>([
    [{}, "", "us-east-1"],
    [{}, "region=eu-west-1", "eu-west-1"],
    [{}, "region=", "us-east-1"],
    [{ AWS_REGION: "eu-west-2" }, "region=eu-west-1", "eu-west-2"],
    [{ AWS_DEFAULT_REGION: "eu-west-3" }, "region=eu-west-1", "eu-west-3"],
    [{ AWS_REGION: "eu-west-2", AWS_DEFAULT_REGION: "eu-west-3" }, "", "eu-west-2"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-3" }, "", "eu-west-3"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "" }, "region=eu-west-1", "eu-west-1"],
  ])("%j and %j: %s", (env, settings, region) => {
    expect(target(env, settings).region).toBe(region);
  });

  it.each<[serial: string, region: string]>([
    ["arn:aws:iam::123456789012:mfa/phone", "us-east-1"],
    ["arn:aws-cn:iam::123456789012:mfa/phone", "cn-northwest-1"],
    ["arn:aws-us-gov:iam::123456789012:mfa/phone", "us-gov-west-1"],
    ["arn:aws-iso:iam::123456789012:mfa/phone", "us-iso-east-1"],
    ["arn:aws-iso-b:iam::123456789012:mfa/phone", "us-isob-east-1"],
    ["arn:aws-iso-e:iam::123456789012:mfa/phone", "eu-isoe-west-1"],
    ["arn:aws-iso-f:iam::123456789012:mfa/phone", "us-isof-south-1"],
    ["arn:aws-eusc:iam::123456789012:mfa/phone", "eusc-de-east-1"],
    ["arn:aws-new:iam::123456789012:mfa/phone", "us-east-1"],
    ["GAHT12345678", "us-east-1"],
    ["xarn:aws-cn:iam::1:mfa/x", "us-east-1"],
  ])("without any, one of the partition of %s: %s", (device, region) => {
    expect(target({}, "", device).region).toBe(region);
    expect(target({ AWS_REGION: "eu-west-1" }, "", device).region).toBe("eu-west-1");
  });
});

describe("the endpoint", () => {
  const anywhere = { AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_STS: "http://sts" };
  const ignored = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

  it.each<[env: Environment, settings: string, url: string | undefined, why?: string]>([
    [{}, "", undefined],
    [{ AWS_ENDPOINT_URL: "http://all" }, "", "http://all"],
    [{ AWS_ENDPOINT_URL_STS: "http://sts" }, "", "http://sts"],
    [anywhere, "endpoint_url=http://p\nservices=local", "http://sts"],
    [{ AWS_ENDPOINT_URL_S3: "http://s3" }, "", undefined, "another service"],
    [{ AWS_ENDPOINT_URL: "" }, "endpoint_url=http://p", "http://p"],
    [{ AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL: "http://all" }, "", "http://all"],
    [{ AWS_ENDPOINT_URL: "http://all" }, "endpoint_url=http://p", "http://all"],
    [{ AWS_ENDPOINT_URL: "http://all" }, "services=local", "http://all"],
    [{}, "endpoint_url=http://p", "http://p"],
    [{}, "endpoint_url=", undefined],
    [{}, "services=local", "http://services"],
    [{}, "services=local\nendpoint_url=http://p", "http://services"],
    [{}, "services=empty\nendpoint_url=http://p", "http://p"],
    [{}, "services=bare\nendpoint_url=http://p", "http://p"],
    [{}, "services=gone\nendpoint_url=http://p", "http://p"],
    [{}, "services=\nendpoint_url=http://p", "http://p"],
    [{}, "sts =\n  endpoint_url = http://nested", undefined, "only in a services section"],
    [{ ...anywhere, [ignored]: "true" }, "endpoint_url=http://p", undefined],
    [{ ...anywhere, [ignored]: "TRUE" }, "", undefined],
    [{ ...anywhere, [ignored]: "false" }, "", "http://sts"],
    [{ ...anywhere, [ignored]: "1" }, "", "http://sts", "botocore knows true alone"],
    [{ ...anywhere, [ignored]: "" }, "", "http://sts"],
    [anywhere, "ignore_configured_endpoint_urls=true", undefined],
    [anywhere, "ignore_configured_endpoint_urls=True\nendpoint_url=http://p", undefined],
    [anywhere, "ignore_configured_endpoint_urls=false", "http://sts"],
    [{ ...anywhere, [ignored]: "false" }, "ignore_configured_endpoint_urls=true", "http://sts"],
    [{ ...anywhere, [ignored]: "true" }, "ignore_configured_endpoint_urls=false", undefined],
  ])("%j and %j: %s", (env, settings, url) => {
    expect(target(env, settings).endpointUrl).toBe(url);
  });

  it.each<[env: Environment, settings: string, path: string | undefined]>([
    [{}, "", undefined],
    [{}, "ca_bundle=/p", "/p"],
    [{}, "ca_bundle=", undefined],
    [{ AWS_CA_BUNDLE: "/env" }, "ca_bundle=/p", "/env"],
    [{ AWS_CA_BUNDLE: "" }, "ca_bundle=/p", "/p"],
    [{ REQUESTS_CA_BUNDLE: "/env" }, "", undefined],
  ])("certificates by %j and %j: %s", (env, settings, path) => {
    expect(target(env, settings).caBundle).toBe(path);
  });

  it("without a profile the environment and the serial say where", () => {
    const files = profileFiles(parseIni(""), parseIni(""));
    expect(serviceTarget("STS", { AWS_REGION: "x", ...anywhere }, files, [], serial)).toEqual({
      region: "x",
      endpointUrl: "http://sts",
      caBundle: undefined,
    });
  });
});

describe("of several profiles", () => {
  const files = profileFiles(
    parseIni(`
[services local]
sts =
  endpoint_url = http://local
[services other]
s3 =
  endpoint_url = http://s3
[profile none]
[profile empty]
region =
endpoint_url =
ca_bundle =
services =
[profile west]
region = eu-west-1
[profile north]
region = eu-north-1
endpoint_url = http://north
ca_bundle = /north
[profile served]
services = local
[profile other]
services = other
[profile ignoring]
ignore_configured_endpoint_urls = true
`),
    parseIni(""),
  );

  // prettier-ignore
  it.each<[names: string, env: Environment, region: string, url: string | undefined, ca: string | undefined]>([
    ["none none", {}, "us-east-1", undefined, undefined],
    ["none west", {}, "eu-west-1", undefined, undefined],
    ["west none", {}, "eu-west-1", undefined, undefined],
    ["west north", {}, "eu-west-1", "http://north", "/north"],
    ["north west", {}, "eu-north-1", "http://north", "/north"],
    ["none west north", {}, "eu-west-1", "http://north", "/north"],
    ["empty north", {}, "eu-north-1", "http://north", "/north"],
    ["served north", {}, "eu-north-1", "http://local", "/north"],
    ["north served", {}, "eu-north-1", "http://north", "/north"],
    ["other north", {}, "eu-north-1", "http://north", "/north"],
    ["other served", {}, "us-east-1", "http://local", undefined],
    ["ignoring north", {}, "eu-north-1", undefined, "/north"],
    ["north ignoring", {}, "eu-north-1", "http://north", "/north"],
    ["none ignoring north", {}, "eu-north-1", "http://north", "/north"],
    ["ignoring north", { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" }, "eu-north-1", "http://north", "/north"],
    ["north west", { AWS_REGION: "x", AWS_ENDPOINT_URL: "http://x", AWS_CA_BUNDLE: "/x" }, "x", "http://x", "/x"],
  ])("%s and %j: %s, %s, %s", (names, env, region, endpointUrl, caBundle) => {
    const profiles = names.split(" ").map((name) => files.find(name)!);
    expect(serviceTarget("STS", env, files, profiles, serial)).toEqual({ region, endpointUrl, caBundle });
  });
});

describe("where a session is valid", () => {
  it.each<[region: string, endpointUrl: string | undefined, identity: string]>([
    ["us-east-1", undefined, "aws"],
    ["eu-central-1", undefined, "aws"],
    ["cn-north-1", undefined, "aws-cn"],
    ["us-gov-east-1", undefined, "aws-us-gov"],
    ["us-iso-west-1", undefined, "aws-iso"],
    ["us-isob-west-1", undefined, "aws-iso-b"],
    ["eu-isoe-west-1", undefined, "aws-iso-e"],
    ["us-isof-east-1", undefined, "aws-iso-f"],
    ["eusc-de-east-1", undefined, "aws-eusc"],
    ["nowhere", undefined, "aws"],
    ["cn-north-1", "http://localhost", "http://localhost"],
  ])("%s, %s: %s", (region, endpointUrl, identity) => {
    expect(endpointIdentity({ region, endpointUrl, caBundle: "/ca" })).toBe(identity);
  });
});

describe("where STS is asked, in words", () => {
  it.each<[region: string, endpointUrl: string | undefined, place: string]>([
    ["eu-west-1", undefined, "eu-west-1"],
    ["eu-west-1", "https://sts.example.com/x?y#z", "https://sts.example.com/x?y#z"],
    ["eu-west-1", "http://me:secret@sts:1/x", "http://sts:1/x"],
    ["eu-west-1", "http://secret@sts", "http://sts"],
    ["eu-west-1", "http://me:s@cret@sts", "http://sts"],
    ["eu-west-1", "http://sts/a@b", "http://sts/a@b"],
    ["eu\u001b[2J", undefined, "eu?[2J"],
    ["eu-west-1", "http://sts\n/", "http://sts?/"],
  ])("%j, %j: %s", (region, endpointUrl, place) => {
    expect(servicePlace({ region, endpointUrl, caBundle: undefined })).toBe(place);
  });
});
