#!/usr/bin/env python3
"""Whether the API's description is OpenAPI 3.1, and whether answers that were really given fit it.

stdin: {"document": …, "answers": [{"method", "path", "status", "headers", "body"}]}. One line per mistake and exit 1."""
import json
import re
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

given = json.load(sys.stdin)
document = given["document"]
mistakes = [f"the description: {error.message}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(document))
# failures of ours cannot be asked for
UNSEEN = {"500", "507"}


def resolved(place):
    """The thing at a list of keys, with the place where it really stands when that is a $ref."""
    thing = document
    for key in place:
        thing = thing[key]
    if "$ref" in thing:
        return resolved(thing["$ref"].removeprefix("#/").split("/"))
    return thing, place


def complaints(place, value):
    pointer = "/".join(key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for key in place)
    validator = Draft202012Validator({"$ref": f"urn:api#/{pointer}"}, registry=registry,
                                     format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


described = {(method, path, status)
             for path, item in document["paths"].items()
             for method, operation in item.items() if method != "parameters"
             for status in operation["responses"]}
seen = set()
for answer in given["answers"]:
    what = f"{answer['method']} {answer['path']} {answer['status']}"
    path = next((path for path in document["paths"]
                 if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)), answer["path"])), None)
    key = (answer["method"].lower(), path, str(answer["status"]))
    if key not in described:
        mistakes.append(f"{what} is not described")
        continue
    seen.add(key)
    response, place = resolved(["paths", path, key[0], "responses", key[2]])
    for name in response.get("headers", {}):
        _, header = resolved([*place, "headers", name])
        if name.lower() in answer["headers"]:
            mistakes += [f"{what}, {name}: {one}" for one in complaints([*header, "schema"], answer["headers"][name.lower()])]
    kind = answer["headers"].get("content-type", "").split(";")[0]
    if kind not in response.get("content", {"": None}):
        mistakes.append(f"{what} is {kind or 'nothing'}, which is not described")
    elif kind.endswith("json"):
        mistakes += [f"{what}: {one}" for one in complaints([*place, "content", kind, "schema"], json.loads(answer["body"]))]
mistakes += sorted(f"{' '.join(key)} is described, but was not seen" for key in described - seen if key[2] not in UNSEEN)
print("\n".join(mistakes), end="\n" if mistakes else "")
sys.exit(bool(mistakes))
