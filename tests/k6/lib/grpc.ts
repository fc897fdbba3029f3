// One gRPC call, over a connection that each virtual user keeps.
import { check } from "k6";
import grpc from "k6/net/grpc";
import { broken } from "./calls.ts";
import { type Role, tokenOf } from "./identity.ts";
import { contracts, grpcAddress, grpcPlaintext } from "./settings.ts";

const client = new grpc.Client();
client.load([contracts], "ecosystem/catalog/v1/data_asset_service.proto", "ecosystem/catalog/v1/competence_service.proto");
client.load([contracts], "ecosystem/matching/v1/proposal_service.proto", "ecosystem/policy/v1/agreement_service.proto");
let connected = false;

/** Calls service/method, e.g. ecosystem.catalog.v1.DataAssetService/SearchDataAssets. */
export function invoke(method: string, message: object, as?: Role): object | undefined {
  if (!connected) {
    client.connect(grpcAddress, { plaintext: grpcPlaintext, timeout: "10s" });
    connected = true;
  }

  const name = method.split("/")[1] ?? method;
  const metadata: Record<string, string> = as ? { authorization: `Bearer ${tokenOf(as)}` } : {};
  const answer = client.invoke(method, message, { metadata, tags: { step: "work", name }, timeout: "30s" });
  const right = check(answer, { [`${name} answers (gRPC)`]: (it) => it?.status === grpc.StatusOK });
  const atFault: (number | undefined)[] = [grpc.StatusUnavailable, grpc.StatusInternal, grpc.StatusUnknown, grpc.StatusDataLoss, grpc.StatusDeadlineExceeded];
  if (!right && atFault.includes(answer?.status)) broken.add(1, { name });
  if (!right && answer?.status !== grpc.StatusResourceExhausted) console.error(`${name}: ${JSON.stringify(answer?.error)}`);
  return right ? answer.message : undefined;
}
