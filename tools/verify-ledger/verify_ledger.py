#!/usr/bin/env python3
"""Checks an export of the ledger with nothing but the export and the public key.

    verify_ledger.py EXPORT KEY.pem [--earlier-key KEY.pem ...] [--checkpoint FILE ...]

EXPORT is what /policy/v1/ledger:export answers, one JSON object per line. KEY.pem is the public key, as the service gave it
out once and as it was kept since. Each --checkpoint is an earlier answer of /policy/v1/ledger/checkpoint that was kept: the
log must continue it, else two different logs were shown. After a change of keys, --earlier-key names those before it.
Exit code 0: intact; 1: not, with the place; 2: unreadable.

It shares no code with the service and needs only Python's standard library: RFC 6962 section 2.1 for the tree, FIPS 186-5 for
the signature, written out here so that they can be read.
"""
import argparse
import base64
import hashlib
import json
import sys
from datetime import datetime

# P-256 (SEC 2, section 2.4.2): y^2 = x^3 - 3x + b over the integers modulo P, a base point G of order N.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
# What stands before the point in the DER of a P-256 public key (RFC 5480).
DER_PREFIX = bytes.fromhex('3059301306072a8648ce3d020106082a8648ce3d030107034200')


class Damage(Exception):
    """The log is not what it claims to be; the message says where."""


def add(one, other):
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return None
    if one == other:
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(point, factor):
    result = None
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def read_key(file):
    with open(file, encoding='ascii') as pem:
        lines = [line.strip() for line in pem if line.strip() and not line.startswith('-----')]
    der = base64.b64decode(''.join(lines))
    if not der.startswith(DER_PREFIX) or len(der) != len(DER_PREFIX) + 65 or der[len(DER_PREFIX)] != 4:
        raise ValueError('the key is not a public key on P-256')
    x, y = int.from_bytes(der[-64:-32]), int.from_bytes(der[-32:])
    if (y * y - (x * x * x - 3 * x + B)) % P:
        raise ValueError('the key is not a point of P-256')
    return x, y


def is_signed(text, signature, keys):
    return any(is_signed_with(text, signature, key) for key in keys)


def is_signed_with(text, signature, key):
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if not (0 < r < N and 0 < s < N):
        return False
    digest, inverse = int.from_bytes(hashlib.sha256(text).digest()), pow(s, -1, N)
    point = add(times(G, digest * inverse % N), times(key, r * inverse % N))
    return point is not None and point[0] % N == r


class Tree:
    """The roots of the perfect subtrees that cover all leaves, largest first: one for each 1 bit of the size."""

    def __init__(self):
        self.size, self.roots = 0, []

    def append(self, node):
        position = self.size
        while position & 1:
            node = hashlib.sha256(b'\x01' + self.roots.pop() + node).digest()
            position >>= 1
        self.roots.append(node)
        self.size += 1

    def root(self):
        if not self.roots:
            return hashlib.sha256(b'').digest()
        node = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            node = hashlib.sha256(b'\x01' + left + node).digest()
        return node


def read_checkpoint(checkpoint, keys, name):
    root, size = base64.b64decode(checkpoint['root']), int(checkpoint.get('size', 0))
    text = f"ecosystem-ledger-checkpoint/v1\n{size}\n{base64.b64encode(root).decode()}\n{seconds_of(checkpoint['time'])}\n".encode()
    if not is_signed(text, base64.b64decode(checkpoint.get('signature', '')), keys):
        raise Damage(f'{name}: the signature is not of this key over this checkpoint')
    return size, root


class Deletions:
    """Entries whose content was deleted, and the signed records that tell of it."""

    def __init__(self, keys):
        self.keys, self.gone, self.told = keys, {}, []

    def read(self, index, leaf):
        """Takes what an entry tells of deletions before it; most tell nothing."""
        if b'ENTRIES_DELETED' not in leaf:
            return
        record = json.loads(leaf)
        if record.get('kind') != 'ENTRIES_DELETED':
            return
        deletion = record['deletion']
        ranges = [(int(part.get('first', 0)), int(part.get('last', 0))) for part in deletion['ranges']]
        lines = ''.join(f'{first}-{last}\n' for first, last in ranges)
        text = f"ecosystem-ledger-deletion/v1\n{seconds_of(record['time'])}\n{lines}{deletion['leafHashesSha256']}\n".encode()
        if not is_signed(text, base64.b64decode(deletion['signature']), self.keys):
            raise Damage(f'entry {index}: it tells of a deletion, and is not signed with this key')
        self.told.append((index, ranges, base64.b64decode(deletion['leafHashesSha256'])))

    def check(self):
        """Each deletion that was told took place, and no other."""
        explained = set()
        for index, ranges, expected in self.told:
            hashes = hashlib.sha256()
            for entry in (number for first, last in ranges for number in range(first, last + 1)):
                if entry not in self.gone or entry >= index:
                    raise Damage(f'entry {entry}: entry {index} tells of its deletion, and its content is still there')
                leaf_hash, by = self.gone[entry]
                if by != index:
                    raise Damage(f'entry {entry}: deleted by entry {index}, and it names {by}')
                hashes.update(leaf_hash)
                explained.add(entry)
            if hashes.digest() != expected:
                raise Damage(f'entry {index}: it tells of the deletion of other entries than these')
        for entry in self.gone:
            if entry not in explained:
                raise Damage(f'entry {entry}: its content is gone, and no signed record tells of its deletion')


def seconds_of(time):
    return int(datetime.fromisoformat(time.replace('Z', '+00:00')).timestamp())


def lines_of(file):
    with open(file, encoding='utf-8') as export:
        for number, line in enumerate(export, 1):
            if line.strip():
                try:
                    part = json.loads(line)
                    yield part.get('result', part)
                except (ValueError, AttributeError) as problem:
                    raise Damage(f'line {number}: not a JSON object') from problem


def verify(file, keys, kept):
    tree, deletions, end = Tree(), Deletions(keys), None
    roots_at = {size: (root, name) for size, root, name in kept}
    for part in lines_of(file):
        if end:
            raise Damage(f'entry {tree.size}: there is something behind the checkpoint')
        if 'checkpoint' in part:
            end = part['checkpoint']
            continue
        entry = part.get('entry')
        if entry is None:
            raise Damage(f'entry {tree.size}: neither an entry nor a checkpoint')
        index = int(entry.get('index', 0))
        if index != tree.size:
            raise Damage(f'entry {tree.size}: missing; entry {index} stands in its place')
        try:
            root = base64.b64decode(entry['root'], validate=True)
            if entry.get('leaf'):
                leaf = base64.b64decode(entry['leaf'], validate=True)
                node = hashlib.sha256(b'\x00' + leaf).digest()
            else:
                leaf, node = b'', base64.b64decode(entry['leafHash'], validate=True)
                deletions.gone[index] = (node, int(entry['deletedBy']))
        except (KeyError, ValueError) as problem:
            raise Damage(f'entry {index}: not readable') from problem
        tree.append(node)
        if tree.root() != root:
            raise Damage(f'entry {index}: its bytes, or those before it, do not lead to the root that stands beside it')
        if tree.size in roots_at and roots_at[tree.size][0] != root:
            raise Damage(f'entry {index} or before: {roots_at[tree.size][1]} was signed over another log')
        deletions.read(index, leaf)
    if end is None:
        raise Damage(f'entry {tree.size}: the export ends without a checkpoint')
    size, root = read_checkpoint(end, keys, 'checkpoint')
    if size != tree.size:
        raise Damage(f'entry {min(size, tree.size)}: the checkpoint was signed over {size} entries, there are {tree.size}')
    if root != tree.root():
        raise Damage('checkpoint: it was signed over other entries')
    for wanted, _, name in kept:
        if wanted > tree.size:
            raise Damage(f'entry {tree.size}: {name} was signed over {wanted} entries; the log was cut short')
    deletions.check()
    return tree.size, len(deletions.gone)


def main():
    arguments = argparse.ArgumentParser(description='Checks an export of the ledger.')
    arguments.add_argument('export')
    arguments.add_argument('key')
    arguments.add_argument('--checkpoint', action='append', default=[], help='a checkpoint that was kept')
    arguments.add_argument('--earlier-key', action='append', default=[], help='a public key that was used before this one')
    given = arguments.parse_args()
    try:
        keys = [read_key(file) for file in [given.key, *given.earlier_key]]
        kept = []
        for file in given.checkpoint:
            with open(file, encoding='utf-8') as text:
                kept.append((*read_checkpoint(json.load(text), keys, file), file))
        for one_size, one_root, one in kept:
            for size, root, other in kept:
                if size == one_size and root != one_root:
                    raise Damage(f'entry {size - 1} or before: {one} and {other} are signed over different logs')
        entries, deleted = verify(given.export, keys, kept)
        print(f'intact: {entries} entries, {len(kept)} kept checkpoints' + (f', {deleted} deleted at the end of their retention' if deleted else ''))
        return 0
    except Damage as damage:
        print(f'damaged: {damage}')
        return 1
    except (OSError, ValueError, KeyError) as problem:
        print(f'unreadable: {problem}', file=sys.stderr)
        return 2


if __name__ == '__main__':
    sys.exit(main())
