package org.surgewire.standalone;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.topics.TopicReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = {
            "Prints a line for each subscription and for each alert that its receiver refused, separated by tabs.",
            "",
            "A subscription: id, status, alerts delivered, attempts that failed in a row, next attempt, what went wrong."
                    + " A refused alert: id, REFUSED, alert id, version, when, what went wrong."
        })
final class DeliveriesList implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws Exception {
        return cluster.withTopics(topics -> {
            Map<String, Delivery> latest = new TreeMap<>();
            new TopicReader(cluster.cluster()).read(topics.deliveries(), (key, record) -> {
                if (record != null) {
                    latest.merge(key, record, (one, other) -> one.getAt().isAfter(other.getAt()) ? one : other);
                }
            });
            latest.values().forEach(each -> {
                if (each.getAlertId() == null) {
                    System.out.printf(
                            "%s\t%s\t%d\t%d\t%s\t%s%n",
                            each.getSubscriptionId(),
                            each.getStatus(),
                            delivered(latest, each.getSubscriptionId()),
                            each.getFailures(),
                            each.getNextAttempt() == null ? "-" : each.getNextAttempt(),
                            each.getDetail());
                } else if (each.getStatus().equals("REFUSED")) {
                    System.out.printf(
                            "%s\tREFUSED\t%s\t%d\t%s\t%s%n",
                            each.getSubscriptionId(),
                            each.getAlertId(),
                            each.getVersion(),
                            each.getAt(),
                            each.getDetail());
                }
            });
            return 0;
        });
    }

    private static long delivered(Map<String, Delivery> latest, String subscription) {
        return latest.values().stream()
                .filter(each -> each.getSubscriptionId().equals(subscription)
                        && each.getStatus().equals("DELIVERED"))
                .count();
    }
}
