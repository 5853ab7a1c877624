// Prints the open alerts of enforcement.alerts.v1: node alerts.mjs HOST:PORT REGISTRY
import kafkajs from "kafkajs";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import lz4 from "lz4js";

const { Kafka, CompressionCodecs, CompressionTypes, logLevel } = kafkajs;
const [broker, registryUrl] = process.argv.slice(2);
const topic = "enforcement.alerts.v1";
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: registryUrl });
const admin = kafka.admin();
await admin.connect();
const ends = new Map();
for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
  if (Number(high) > Number(low)) ends.set(partition, Number(high));
}
await admin.disconnect();

const latest = new Map();
const consumer = kafka.consumer({ groupId: `sample-${process.pid}-${Date.now()}`, readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
const finished = new Promise((done) => {
  if (ends.size === 0) done();
  consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      for (const { key, value } of batch.messages) {
        if (value === null) latest.delete(key.toString());
        else latest.set(key.toString(), await registry.decode(value));
      }
      // The last records of a partition may be markers of a transaction, which no client shows.
      if (Number(batch.lastOffset()) + 2 >= ends.get(batch.partition)) ends.delete(batch.partition);
      if (ends.size === 0) done();
    },
  });
});
await finished;
await consumer.disconnect();

for (const [id, alert] of [...latest].sort(([one], [other]) => (one < other ? -1 : 1))) {
  if (alert.status === "CANCELLED" || alert.closedDay !== null) continue;
  console.log(`${id} ${alert.version}\n  ${alert.reason}`);
  for (const { sentence, url } of alert.evidence) console.log(`  "${sentence}" ${url}`);
}
