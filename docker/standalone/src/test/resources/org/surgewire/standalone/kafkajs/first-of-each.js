// Usage: node first-of-each.js BROKER REGISTRY_URL TOPIC...
// Prints, as one JSON object a line, the first record of each topic as these clients decode it.
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import kafkajs from 'kafkajs'
import lz4 from 'lz4js'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  decompress: async buffer => Buffer.from(lz4.decompress(buffer)),
})

const [broker, host, ...topics] = process.argv.slice(2)
const registry = new SchemaRegistry({ host })
const kafka = new Kafka({ clientId: 'stranger', brokers: [broker], logLevel: logLevel.ERROR })
const consumer = kafka.consumer({ groupId: 'stranger' })
const missing = new Set(topics)

await consumer.connect()
await consumer.subscribe({ topics, fromBeginning: true })
await new Promise((resolve, reject) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
  consumer.run({
    eachMessage: async ({ topic, message }) => {
      if (missing.delete(topic)) {
        const value = await registry.decode(message.value)
        console.log(JSON.stringify({ topic, key: message.key.toString(), value }))
      }
      if (missing.size === 0) resolve()
    },
  })
})
await consumer.disconnect()
