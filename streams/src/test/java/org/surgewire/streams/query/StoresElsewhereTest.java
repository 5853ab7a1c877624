package org.surgewire.streams.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.arrests;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.CountQueries.MapLevel;
import org.surgewire.streams.query.CountQueries.Order;
import org.surgewire.streams.query.CountQueries.Question;
import org.surgewire.streams.runtime.Pipeline;

/** Another instance's stores answer a list with a few questions, whatever the number of rows. */
class StoresElsewhereTest {
    private static final Question AUTUMN =
            new Question(Series.PUBLICATION, null, LocalDate.parse("2020-09-01"), LocalDate.parse("2020-10-31"));

    private final Pipeline pipeline = new Pipeline();
    private final Jurisdictions jurisdictions = Jurisdictions.bundled();
    private final Map<String, Integer> questions = new TreeMap<>();
    private final Stores elsewhere = new Stores(name -> new Counting<>(name, pipeline.store(name)), name -> false);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aListOfManyIsTheSameFromElsewhereAndTakesFewQuestions() {
        for (int i = 0; i < 40; i++) {
            pipeline.announce(arrests("r" + i, "2020-09-" + (10 + i % 20), county(i), 1 + i));
        }
        pipeline.announce(arrests("old", "2017-09-01", LOS_ANGELES, 3));
        compare(stores -> new CountQueries(stores, jurisdictions)
                .ranking(MapLevel.COUNTY, null, AUTUMN, Order.BEST, Paging.first(100)));
        compare(stores -> new CountQueries(stores, jurisdictions).map(MapLevel.COUNTY, null, AUTUMN));
        compare(stores -> new CountQueries(stores, jurisdictions).children(CA, AUTUMN, Order.BEST, Paging.first(100)));
        compare(stores -> new JurisdictionQueries(stores, jurisdictions)
                .ranking(each -> true, Window.ALL, AsOf.NOW, Paging.first(100)));
        compare(stores ->
                new PolicyQueries(stores, jurisdictions, List.of()).compare(null, "county", null, null, null));
        compare(stores -> new CaseQueries(stores, jurisdictions)
                .list(new CaseQueries.Wanted(null, null, null, AUTUMN.from(), AUTUMN.to()), null, Paging.first(100)));
    }

    @Test
    void oneJurisdictionIsAskedForAlone() {
        pipeline.announce(arrests("a", "2020-09-28", MECKLENBURG, 12), arrests("b", "2020-09-29", CA, 5));

        compare(stores -> new CountQueries(stores, jurisdictions).compare(List.of(MECKLENBURG), AUTUMN, Bucket.WEEK));

        assertThat(questions).doesNotContainKey("arrests-daily all");
    }

    private String county(int i) {
        return jurisdictions.all().stream()
                .filter(each -> each.level().equals("county"))
                .skip(i * 60L)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void compare(Function<Stores, Object> question) {
        questions.clear();
        assertThat(question.apply(elsewhere)).isEqualTo(question.apply(pipeline.stores()));
        assertThat(questions.values().stream().mapToInt(each -> each).sum())
                .as("%s", questions)
                .isLessThanOrEqualTo(8);
    }

    /** A store that counts what it is asked. */
    private final class Counting<V> implements ReadOnlyKeyValueStore<String, V> {
        private final String name;
        private final ReadOnlyKeyValueStore<String, V> rows;

        Counting(String name, ReadOnlyKeyValueStore<String, V> rows) {
            this.name = name;
            this.rows = rows;
        }

        @Override
        public V get(String key) {
            questions.merge(name + " get", 1, Integer::sum);
            return rows.get(key);
        }

        @Override
        public KeyValueIterator<String, V> range(String from, String to) {
            questions.merge(name + " range", 1, Integer::sum);
            return rows.range(from, to);
        }

        @Override
        public KeyValueIterator<String, V> all() {
            questions.merge(name + " all", 1, Integer::sum);
            return rows.all();
        }

        @Override
        public long approximateNumEntries() {
            return rows.approximateNumEntries();
        }
    }
}
