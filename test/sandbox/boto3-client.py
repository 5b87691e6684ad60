"""Goes through the sandbox at argv[1] with boto3; prints what it found as JSON."""

import io
import json
import os
import sys

import boto3
from botocore.exceptions import ClientError

url, serial, code, wrong, role = sys.argv[1:]


def client(service, credentials=None):
    keys = credentials and {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }
    return boto3.client(service, endpoint_url=url, **(keys or {}))


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


sts = client("sts")
found = {
    "denied": refusal(client("s3").list_buckets),
    "wrong": refusal(sts.get_session_token, SerialNumber=serial, TokenCode=wrong),
    "short": refusal(sts.get_session_token, DurationSeconds=901, SerialNumber=serial),
    "devices": [d["SerialNumber"] for d in client("iam").list_mfa_devices()["MFADevices"]],
}
session = sts.get_session_token(SerialNumber=serial, TokenCode=code)["Credentials"]
s3 = client("s3", session)
content = os.urandom(9 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(content), "demo-photos", "folder/ünd more+/9 MB")
back = io.BytesIO()
s3.download_fileobj("demo-photos", "folder/ünd more+/9 MB", back)
assumed = client("sts", session).assume_role(RoleArn=role, RoleSessionName="boto")
found |= {
    "buckets": [b["Name"] for b in s3.list_buckets()["Buckets"]],
    "same": back.getvalue() == content,
    "keys": [o["Key"] for o in s3.list_objects_v2(Bucket="demo-photos")["Contents"]],
    "missing": refusal(s3.head_object, Bucket="demo-photos", Key="none"),
    "role": client("sts", assumed["Credentials"]).get_caller_identity()["Arn"],
    "expires": session["Expiration"].isoformat(),
}
print(json.dumps(found))
