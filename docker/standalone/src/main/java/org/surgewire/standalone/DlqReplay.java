package org.surgewire.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.publish.Publisher;
import org.surgewire.ingest.publish.Taken;
import org.surgewire.ingest.release.JsonLines;
import org.surgewire.schemas.DeadLetter;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Has dead letters processed once more, for instance after the program learned to read them.",
            "",
            "Lines of files are published as ingest would do, so that what is published already is passed over; ingest must"
                    + " not run meanwhile. Announcements are sent to their topic again, except those that are not there"
                    + " any more or were followed by another one of the same release. What is refused again is counted"
                    + " and stays where it is."
        })
final class DlqReplay implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--cause", paramLabel = "CODE", description = "These alone, for instance BAD_DATE; left out, all.")
    private @Nullable String cause;

    private int replayed;
    private int left;

    @Override
    public Integer call() throws Exception {
        return Shutdown.run(
                1,
                Duration.ofSeconds(60),
                shutdown -> cluster.withPublishers((topics, opening) -> {
                    announcements(topics);
                    lines(topics, shutdown, opening);
                    System.err.printf("surgewire: %d replayed, %d left as they are%n", replayed, left);
                    return 0;
                }));
    }

    private boolean isMeant(DeadLetter letter) {
        return cause == null || cause.equals(letter.getCause());
    }

    private void lines(Topics topics, Shutdown shutdown, Supplier<Publisher> opening) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        new TopicReader(cluster.cluster()).read(topics.pressReleasesDlq(), (place, letter) -> {
            if (isMeant(letter)) {
                letters.add(letter);
            }
        });
        if (letters.isEmpty()) {
            return;
        }
        var publisher = shutdown.closeLater("publisher", opening.get());
        var lines = new JsonLines(Stack.ZONE, InstantSource.system());
        for (DeadLetter letter : letters) {
            byte[] raw = new byte[letter.getRaw().remaining()];
            letter.getRaw().duplicate().get(raw);
            lines.read(
                    String.valueOf(letter.getFile()),
                    new ByteArrayInputStream(raw),
                    release -> {
                        if (publisher.publish(release) == Taken.TOO_LARGE) {
                            left++;
                        } else {
                            replayed++;
                        }
                    },
                    refusal -> left++);
        }
        publisher.commit();
    }

    /** Where a record stood. */
    private record Place(int partition, long offset) {}

    private void announcements(Topics topics) {
        List<Place> parked = new ArrayList<>();
        var reader = new TopicReader(cluster.cluster());
        reader.read(topics.announcementsDlq(), (key, letter) -> {
            if (isMeant(letter) && letter.getPartition() != null && letter.getOffset() != null) {
                parked.add(new Place(letter.getPartition(), letter.getOffset()));
            }
        });
        if (parked.isEmpty()) {
            return;
        }
        Map<String, ConsumerRecord<String, byte[]>> latest = new HashMap<>();
        reader.readBytes(topics.announcements(), record -> latest.put(record.key(), record));
        Map<Place, ConsumerRecord<String, byte[]>> standing = new HashMap<>();
        latest.values().forEach(record -> standing.put(new Place(record.partition(), record.offset()), record));
        try (var producer =
                new KafkaProducer<>(cluster.cluster().client(), new StringSerializer(), new ByteArraySerializer())) {
            for (Place place : parked) {
                ConsumerRecord<String, byte[]> record = standing.get(place);
                if (record == null) {
                    left++;
                } else {
                    var unused = producer.send(new ProducerRecord<>(
                            record.topic(), null, record.timestamp(), record.key(), record.value(), record.headers()));
                    replayed++;
                }
            }
        }
    }
}
