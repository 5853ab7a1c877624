package org.surgewire.streams.cases;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.cloudevents.CloudEvents;
import org.surgewire.streams.coverage.CoverageNames;
import org.surgewire.streams.coverage.SourceDays;
import org.surgewire.streams.stores.StateStores;

/**
 * Announcements to cases.
 *
 * <p>Announcements arrive keyed by release id and are brought together in one partition: a round-up names places in many
 * states, so any announcement may describe the event of any other, and one sequence of all of them is also the clock of
 * event time. Agencies publish some hundred announcements a day; one partition reads a year of them in minutes.
 *
 * <p>State, all in that partition: the latest revision of each announcement, its case, the first told of its links and its
 * row of {@link LinkIndex}. What an announcement costs depends on its candidates and on the members of its case, not on how
 * many announcements there are.
 */
public final class CaseTopology {
    private CaseTopology() {}

    /**
     * Adds the feature to a builder. Cases go to their topic; what changed in them goes on to counts and operations.
     *
     * <p>What cannot be counted is parked with its cause, see {@link Intake}. An older revision that arrives after a newer
     * one, and a revision that arrives twice, change no case.
     */
    public static KStream<String, CasesChange> addTo(
            StreamsBuilder builder, StateStores stores, Topics topics, Jurisdictions jurisdictions, Clock clock) {
        var strings = Serdes.String();
        stores.add(builder, CaseNames.ANNOUNCEMENTS, ArrestAnnouncement.class);
        stores.add(builder, CaseNames.CASES, Case.class);
        stores.add(builder, CaseNames.LINKS, ReleaseLinks.class);
        stores.addBytes(builder, CaseNames.INDEX);
        stores.addRewritten(builder, CaseNames.CLOCK, DayReached.class);
        stores.add(builder, CaseNames.FORMER, ArrestAnnouncement.class);
        stores.addStrings(builder, CaseNames.FORMER_LINKS);
        stores.addStrings(builder, CaseNames.KNOWN);
        stores.addRewritten(builder, CoverageNames.SOURCES, SourceDays.class);

        var families = PublisherFamilies.bundled();
        var rules = new LinkRules(jurisdictions, families);
        KStream<String, ArrestAnnouncement> read = builder.stream(
                topics.announcements().name(),
                Consumed.with(strings, topics.announcements().serde()).withName(CaseNames.SOURCE));
        var intake = new Intake(jurisdictions, topics.announcements());
        var sorted = read.split(Named.as(CaseNames.SORT))
                .branch(intake::passes, Branched.as(CaseNames.PASSED))
                .defaultBranch(Branched.as(CaseNames.REFUSED));
        stream(sorted, CaseNames.REFUSED)
                .process(() -> new Intake(jurisdictions, topics.announcements()), Named.as(CaseNames.PARK))
                .to(
                        topics.announcementsDlq().name(),
                        Produced.with(strings, topics.announcementsDlq().serde())
                                .withName(CaseNames.PARKED));
        KStream<String, CasesChange> changes = stream(sorted, CaseNames.PASSED)
                .repartition(Repartitioned.with(strings, new StateSerde<>(ArrestAnnouncement.class))
                        .withName(CaseNames.ONE_PARTITION)
                        .withNumberOfPartitions(1))
                .process(
                        () -> new CaseProcessor(jurisdictions, rules, families, clock),
                        Named.as(CaseNames.RESOLVE),
                        CaseNames.ANNOUNCEMENTS,
                        CaseNames.CASES,
                        CaseNames.LINKS,
                        CaseNames.INDEX,
                        CaseNames.CLOCK,
                        CaseNames.FORMER,
                        CaseNames.FORMER_LINKS,
                        CaseNames.KNOWN,
                        CoverageNames.SOURCES);
        changes.flatMap(
                        (releaseId, change) -> change.changed().stream()
                                .map(changed -> KeyValue.pair(changed.after().getCaseId(), changed.after()))
                                .toList(),
                        Named.as(CaseNames.CHANGED))
                .processValues(CloudEvents.cases(), Named.as(CaseNames.MARK))
                .to(
                        topics.cases().name(),
                        Produced.with(strings, topics.cases().serde()).withName(CaseNames.SINK));
        return changes;
    }

    private static KStream<String, ArrestAnnouncement> stream(
            Map<String, KStream<String, ArrestAnnouncement>> sorted, String branch) {
        return Objects.requireNonNull(sorted.get(CaseNames.SORT + branch));
    }
}
