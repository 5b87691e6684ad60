import { expect, it } from "vitest";
import { parseIni } from "../../../src/core/aws-files/ini.ts";
import { shadowingFiles } from "../../../src/core/endpoint/shadowing-files.ts";

const config = "AWS_CONFIG_FILE";
const credentials = "AWS_SHARED_CREDENTIALS_FILE";

it.each<[config: string, credentials: string, hidden: string[]]>([
  ["", "", []],
  ["[default]\nregion=us-east-1", "[default]", []],
  ["[profile dev]\naws_access_key_id=A", "[dev]\naws_access_key_id=A", []],
  ["", "[default]\naws_access_key_id=A\naws_secret_access_key=S", [credentials]],
  ["", "[default]\naws_access_key_id=", [credentials]],
  ["", "[default]\naws_secret_access_key=S", []],
  ["", "[default]\ncredential_process=x", [credentials]],
  ["", "[default]\nrole_arn=x", [credentials]],
  ["", "[profile default]\naws_access_key_id=A", []],
  ["[default]\naws_access_key_id=A", "", [config]],
  ["[default]\ncredential_process=x", "", [config]],
  ["[default]\nrole_arn=x\nsource_profile=y", "", [config]],
  ["[default]\nsso_session=x", "", [config]],
  ["[default]\nsso_start_url=x", "", [config]],
  ["[default]\nlogin_session=x", "", [config]],
  ["[default]\nweb_identity_token_file=x", "", [config]],
  ["[default]\ncredential_source=Environment", "", [config]],
  ["[profile default]\naws_access_key_id=A", "", [config]],
  ['[profile "default"]\naws_access_key_id=A', "", [config]],
  ["[default]\n[DEFAULT]\naws_access_key_id=A", "", [config]],
  ["[DEFAULT]\naws_access_key_id=A", "", []],
  ["", "[DEFAULT]\naws_access_key_id=A\n[default]", [credentials]],
  ["[default]\nrole_arn=x", "[default]\naws_access_key_id=A", [config, credentials]],
])("%j and %j: %j", (configText, credentialsText, hidden) => {
  const files = { config: parseIni(configText), credentials: parseIni(credentialsText) };
  expect(shadowingFiles(files)).toEqual(hidden);
});
