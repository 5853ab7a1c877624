package org.surgewire.standalone;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.TopicReader;
import org.surgewire.schemas.topics.Topics;

/**
 * What stands in the topics of a run: the last value of each key, by topic and key. What came and was taken back again in
 * one order may never have come in another, and is left out.
 */
final class Standing {
    private Standing() {}

    static Map<String, String> in(Topics topics, String servers) {
        Map<String, String> values = new TreeMap<>();
        read(
                servers,
                topics.counts(),
                each -> each.getWindows().stream().anyMatch(window -> window.getAnnouncements() > 0),
                each -> each,
                values);
        read(servers, topics.cases(), each -> !each.getAnnouncements().isEmpty(), each -> each, values);
        read(servers, topics.operations(), each -> !each.getSteps().isEmpty(), each -> each, values);
        read(servers, topics.alerts(), each -> !each.getStatus().equals("CANCELLED"), OrderTest::facts, values);
        return values;
    }

    /** Ids and versions of alerts that are in their topic more than once. */
    static List<String> alertVersionsWrittenTwice(Topics topics, String servers) {
        Map<String, Integer> written = new TreeMap<>();
        new TopicReader(servers)
                .read(
                        topics.alerts(),
                        (id, alert) -> written.merge(id + " version " + alert.getVersion(), 1, Integer::sum));
        return written.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static <V extends SpecificRecord> void read(
            String servers, Topic<V> topic, Predicate<V> stands, UnaryOperator<V> facts, Map<String, String> into) {
        Map<String, V> last = new TreeMap<>();
        new TopicReader(servers).read(topic, last::put);
        last.forEach((key, value) -> {
            if (stands.test(value)) {
                into.put(topic.name() + " " + key, facts.apply(value).toString());
            }
        });
    }
}
