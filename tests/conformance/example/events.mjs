// What this service hears, as its sidecar asks for it, and what becomes of an event.
export const subscriptions = [
  { pubsubname: "pubsub", topic: "catalog.data-assets", route: "/events", deadLetterTopic: "catalog.data-assets-dead" },
];

const handlers = {
  "ecosystem.catalog.events.v1.DataAssetPublished": (store, { dataAsset, version }) => store.keepDataAsset({ id: dataAsset.id, title: dataAsset.title, version: Number(version) }),
};

/** SUCCESS when applied, known already or of no interest; DROP for what is no event, RETRY when it could not be applied now. */
export async function applyEvent(store, event) {
  if (event.specversion !== "1.0" || !event.id || !event.source || !event.type) return "DROP";
  const handle = handlers[event.type];
  if (!handle) return "SUCCESS";
  try {
    await store.once(`${event.source} ${event.id}`, () => handle(store, event.data));
    return "SUCCESS";
  } catch (failure) {
    console.error(JSON.stringify({ message: "an event could not be applied", id: event.id, reason: failure.message }));
    return "RETRY";
  }
}
