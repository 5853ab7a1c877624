package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.StateSerde;
import org.surgewire.streams.counts.CaseContribution;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.counts.Pane;
import org.surgewire.streams.counts.YearOfDays;
import org.surgewire.streams.coverage.SourcesRead;

/**
 * What judging one day of all counties and states costs on one core: reading the panes and the evidence of the day from
 * their stores, the verdict of each, and which of them stand together by Benjamini and Hochberg. Every jurisdiction has
 * announced arrests on the day, which in truth some dozen have. The time must be below 50 ms, and neither it nor the bytes
 * allocated may grow with the years of history.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class JudgeBenchmark {
    private static final LocalDate DAY = LocalDate.parse("2020-10-15");
    private static final int ACTIVE_DAYS_A_YEAR = 8;
    private static final AlertSettings SETTINGS = AlertSettings.defaults();

    @Param({"2", "20"})
    int years;

    private final List<Jurisdiction> judged = Jurisdictions.bundled().all().stream()
            .filter(each -> !each.level().equals("place"))
            .toList();
    private final KeyValueStore<String, YearOfDays> panes = store("panes", YearOfDays.class);
    private final KeyValueStore<String, CaseContribution> evidence = store("evidence", CaseContribution.class);
    private final KeyValueStore<String, DayDiscoveries> discoveries = store("discoveries", DayDiscoveries.class);
    private final KeyValueStore<String, SourceHealth> reports = store("reports", SourceHealth.class);
    private final KeyValueStore<String, String> publications = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("publications"), Serdes.String(), Serdes.String())
            .withLoggingDisabled()
            .build();
    private final TogetherJudged together =
            new TogetherJudged(discoveries::get, discoveries::put, SETTINGS, Jurisdictions.bundled());

    private static <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type) {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), new StateSerde<>(type))
                .withLoggingDisabled()
                .build();
    }

    @Setup
    public void announce() {
        var context = new MockProcessorContext<Void, Void>();
        for (KeyValueStore<?, ?> each : List.of(panes, evidence, discoveries, reports, publications)) {
            each.init(context.getStateStoreContext(), each);
        }
        publications.put("source", DAY.minusYears(years) + "/" + DAY);
        var random = new Random(5);
        for (Jurisdiction each : judged) {
            for (int year = DAY.getYear() - years; year < DAY.getYear(); year++) {
                panes.put(each.id() + "|" + year, new YearOfDays(days(random, 365)));
            }
            List<Pane> thisYear = days(random, DAY.getDayOfYear() - 1);
            thisYear.add(new Pane(DAY.getDayOfYear(), 1, 1, 30L, 30L, 30L));
            panes.put(each.id() + "|" + DAY.getYear(), new YearOfDays(thisYear));
            evidence.put(
                    each.id() + "|" + DAY + "|case",
                    CaseContribution.newBuilder()
                            .setCaseId("case")
                            .setSources(List.of("source"))
                            .setDay(DAY)
                            .setAnnouncements(1)
                            .setCases(1)
                            .setArrestsLow(30)
                            .setArrests(30)
                            .setArrestsHigh(30)
                            .setTotal(30)
                            .setReleaseId("release")
                            .setUrl("https://releases.example/release")
                            .setTitle("ICE announces arrests")
                            .setSentence("30 were arrested")
                            .build());
        }
    }

    private static List<Pane> days(Random random, int last) {
        List<Pane> days = new ArrayList<>();
        for (int day = 1 + random.nextInt(2 * 365 / ACTIVE_DAYS_A_YEAR);
                day <= last;
                day += 1 + random.nextInt(2 * 365 / ACTIVE_DAYS_A_YEAR)) {
            long arrests = 1 + random.nextInt(20);
            days.add(new Pane(day, 1, 1, arrests, arrests, arrests));
        }
        return days;
    }

    @Benchmark
    public int oneDay() {
        var evidenceStore = new EvidenceStore(evidence);
        Map<String, YearOfDays> read = new HashMap<>();
        var counts = new DailyCounts(key -> read.computeIfAbsent(key, panes::get), id -> null);
        var judge = new DayJudge(counts, evidenceStore::bySources, new SourcesRead(reports, publications));
        Map<String, Double> opening = new HashMap<>();
        for (Jurisdiction each : judged) {
            read.clear();
            DayCount day = counts.days(each.id(), DAY, DAY).get(0);
            DayJudge.Judged of = judge.judge(SETTINGS.opening(each), each.id(), day);
            if (of.verdict().alarm()) {
                opening.put(each.id(), of.verdict().pValue());
            }
        }
        return together.standing(opening).size();
    }
}
