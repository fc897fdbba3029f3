#!/usr/bin/env python3
"""Packs an image archive anew, so that the same files give the same image: the same bytes, the same digest.

    stamp_image.py ARCHIVE [--time SECONDS] [--output FILE]

ARCHIVE is what `dotnet publish -t:PublishContainer -p:ContainerArchiveOutputPath=ARCHIVE` writes: an OCI image layout as a tar
file, for one kind of processor or for several. The .NET SDK puts the time of packing, the number of its process and the order of
the directory on disk into the layer with the service. Here that layer gets one time, names in order and no numbers of processes.
Layers of the base image stay as they are.

--time is the time that everything carries, in seconds since 1970; without it SOURCE_DATE_EPOCH, without that 0. Without --output
the archive is replaced. The last line says the digest, which is what `services.<name>.image.digest` of the chart pins.
Exit code 0: done; 1: not an archive of the .NET SDK, nothing was written.

It needs only Python's standard library. OCI image specification 1.1: image layout, index, manifest, config and layer.
"""
import argparse
import datetime
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

INDEX = "application/vnd.oci.image.index.v1+json"
GZIPPED = "application/vnd.oci.image.layer.v1.tar+gzip"
AUTHOR = ".NET SDK"


class NotOurs(Exception):
    """The archive is not one that the .NET SDK wrote."""


class Archive:
    """The files of an image layout, some of which others take the place of."""

    def __init__(self, path):
        self.left, self.new = set(), {}
        try:
            with tarfile.open(path, "r:") as tar:
                self.files = {member.name.removeprefix("./"): tar.extractfile(member).read() for member in tar if member.isfile()}
        except (OSError, tarfile.TarError) as problem:
            raise NotOurs(f"{path} is not a tar file: {problem}") from problem
        if "index.json" not in self.files or "oci-layout" not in self.files:
            raise NotOurs(f"{path} is not an OCI image layout; set -p:ContainerImageFormat=OCI")

    def take(self, descriptor):
        """The blob of a descriptor, which leaves the archive with all who share it."""
        name = place_of(descriptor["digest"])
        if name not in self.files:
            raise NotOurs(f"{descriptor['digest']} is not in the archive")
        self.left.add(name)
        return self.files[name]

    def put(self, descriptor, blob):
        """The descriptor of the blob that takes the place of another."""
        digest = f"sha256:{hashlib.sha256(blob).hexdigest()}"
        self.new[place_of(digest)] = blob
        return {**descriptor, "digest": digest, "size": len(blob)}

    def write(self, path, time):
        files = {name: content for name, content in self.files.items() if name not in self.left} | self.new
        with open(path, "wb") as file:
            file.write(packed({name: (0o644, content) for name, content in files.items()}, time))


def place_of(digest):
    return "blobs/" + digest.replace(":", "/", 1)


def text_of(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def packed(files, time):
    """A tar file with the names in order: {name: (mode, content)}, where a folder has no content."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(files):
            mode, content = files[name]
            entry = tarfile.TarInfo(name)
            entry.mode, entry.mtime, entry.size = mode, time, len(content or b"")
            entry.type = tarfile.DIRTYPE if content is None else tarfile.REGTYPE
            tar.addfile(entry, None if content is None else io.BytesIO(content))
    return plain.getvalue()


def files_of(layer):
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(layer))) as tar:
        return {member.name: (member.mode, tar.extractfile(member).read() if member.isfile() else None) for member in tar}


def stamp_image(archive, descriptor, time):
    manifest = json.loads(archive.take(descriptor))
    config = json.loads(archive.take(manifest["config"]))
    layered = [entry for entry in config.get("history", []) if not entry.get("empty_layer")]
    own = [number for number, entry in enumerate(layered) if entry.get("author") == AUTHOR]
    if not own or len(layered) != len(manifest["layers"]):
        raise NotOurs(f"the history of {descriptor['digest']} names no layer of the .NET SDK")

    moment = datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number in own:
        layer = manifest["layers"][number]
        if layer["mediaType"] != GZIPPED:
            raise NotOurs(f"the layer {layer['digest']} is a {layer['mediaType']}")
        plain = packed(files_of(archive.take(layer)), time)
        config["rootfs"]["diff_ids"][number] = f"sha256:{hashlib.sha256(plain).hexdigest()}"
        manifest["layers"][number] = archive.put(layer, gzip.compress(plain, mtime=0))
        layered[number]["created"] = moment

    config["created"] = moment
    manifest["config"] = archive.put(manifest["config"], text_of(config))
    return archive.put(descriptor, text_of(manifest))


def stamp(archive, descriptor, time):
    if descriptor["mediaType"] != INDEX:
        return stamp_image(archive, descriptor, time)
    index = json.loads(archive.take(descriptor))
    index["manifests"] = [stamp(archive, inner, time) for inner in index["manifests"]]
    return archive.put(descriptor, text_of(index))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("archive")
    options.add_argument("--time", type=int, default=int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    options.add_argument("--output")
    asked = options.parse_args()
    try:
        archive = Archive(asked.archive)
        index = json.loads(archive.files["index.json"])
        index["manifests"] = [stamp(archive, image, asked.time) for image in index["manifests"]]
        archive.new["index.json"] = text_of(index)
    except NotOurs as problem:
        print(problem, file=sys.stderr)
        return 1
    archive.write(asked.output or asked.archive, asked.time)
    for image in index["manifests"]:
        print(image["digest"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
