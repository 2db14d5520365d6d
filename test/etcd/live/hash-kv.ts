/** etcd's HashKV over gRPC: its JSON gateway answers Hash at that path instead. */
import { connect } from "node:http2";

const PATH = "/etcdserverpb.Maintenance/HashKV";
/** A message's flags and its length come before it. */
const PREFIX_BYTES = 5;
const HASH_FIELD = 2;
const COMPACT_REVISION_FIELD = 3;
const VARINT_TYPE = 0;
const BYTES_TYPE = 2;

/** Asks for the hash at the current revision. */
export async function askHashKv(url: string): Promise<{ readonly hash: number; readonly compactRevision: number }> {
  const session = connect(url);
  try {
    const message = await new Promise<Buffer>((resolve, reject) => {
      session.once("error", reject);
      const headers = { ":method": "POST", ":path": PATH, "content-type": "application/grpc", te: "trailers" };
      const stream = session.request(headers);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => resolve(Buffer.concat(chunks).subarray(PREFIX_BYTES)));
      stream.once("error", reject);
      stream.end(Buffer.alloc(PREFIX_BYTES));
    });
    const fields = numbersOf(message);
    const compactRevision = BigInt.asIntN(64, fields.get(COMPACT_REVISION_FIELD) ?? 0n);
    return { hash: Number(fields.get(HASH_FIELD) ?? 0n), compactRevision: Number(compactRevision) };
  } finally {
    session.close();
  }
}

/** The numbers of a protobuf message by their fields; texts and messages in it are passed over. */
function numbersOf(message: Buffer): ReadonlyMap<number, bigint> {
  const fields = new Map<number, bigint>();
  let position = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; position < message.length; shift += 7n) {
      const byte = message[position] ?? 0;
      position += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (position < message.length) {
    const tag = Number(varint());
    const value = varint();
    if ((tag & 7) === BYTES_TYPE) position += Number(value);
    else if ((tag & 7) === VARINT_TYPE) fields.set(tag >> 3, value);
    else throw new Error(`a field of type ${tag & 7} in HashKV's answer`);
  }
  return fields;
}
