package org.surgewire.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.standalone.registry.SchemaStore.SchemaVersion;

class SchemaStoreTest {
    private static final AvroText A = record("{\"name\":\"a\",\"type\":\"int\"}");
    private static final AvroText A_AND_B =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final AvroText A_AND_B_REQUIRED =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}");
    private static final AvroText B = record("{\"name\":\"b\",\"type\":\"int\"}");

    private final List<Consumer<SchemaStore>> journal = new ArrayList<>();
    private boolean full;

    private final SchemaStore store = new SchemaStore(new SchemaStore.Journal() {
        @Override
        public void append(SchemaVersion version) throws IOException {
            add(s -> s.restore(version));
        }

        @Override
        public void append(@Nullable String subject, @Nullable Compatibility level) throws IOException {
            add(s -> s.restore(subject, level));
        }

        private void add(Consumer<SchemaStore> change) throws IOException {
            if (full) {
                throw new IOException("disk full");
            }
            journal.add(change);
        }
    });

    private static AvroText record(String fields) {
        return AvroText.parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    }

    private static int code(Runnable call) {
        try {
            call.run();
            return 0;
        } catch (RegistryException e) {
            return e.code();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true, true",
        "BACKWARD, true, false, true",
        "BACKWARD_TRANSITIVE, true, false, true",
        "FORWARD, true, true, false",
        "FORWARD_TRANSITIVE, true, true, false",
        "FULL, true, false, false",
        "FULL_TRANSITIVE, true, false, false",
    })
    void aLevelAllowsWhatItsNameSays(
            Compatibility level, boolean optionalAdded, boolean requiredAdded, boolean requiredRemoved) {
        store.setLevel("s", level);
        store.register("s", A);
        assertThat(store.conflicts("s", A_AND_B).isEmpty()).isEqualTo(optionalAdded);
        assertThat(store.conflicts("s", A_AND_B_REQUIRED).isEmpty()).isEqualTo(requiredAdded);
        store.setLevel("t", Compatibility.NONE);
        store.register("t", A_AND_B_REQUIRED);
        store.setLevel("t", level);
        assertThat(store.conflicts("t", A).isEmpty()).isEqualTo(requiredRemoved);
    }

    @Test
    void aTransitiveLevelLooksAtEveryVersionAndAnotherAtTheLatest() {
        store.setLevel("s", Compatibility.NONE);
        store.register("s", B);
        store.register("s", A);
        store.setLevel("s", Compatibility.FULL);
        assertThat(store.conflicts("s", A_AND_B)).isEmpty();
        store.setLevel("s", Compatibility.FULL_TRANSITIVE);
        assertThat(store.conflicts("s", A_AND_B)).isNotEmpty();
    }

    @Test
    void aReplayOfTheJournalGivesTheSameStore() {
        store.register("s", A);
        store.register("s", A_AND_B);
        store.register("t", B);
        store.deleteVersion("s", "1");
        store.deleteSubject("t");
        store.setLevel("s", Compatibility.NONE);
        store.setLevel(null, Compatibility.FORWARD);
        store.setLevel("t", Compatibility.FULL);
        store.setLevel("t", null);

        var copy = new SchemaStore(new SchemaStore.Journal() {
            @Override
            public void append(SchemaVersion version) {}

            @Override
            public void append(@Nullable String subject, @Nullable Compatibility level) {}
        });
        journal.forEach(change -> change.accept(copy));
        assertThat(copy.versions("s", true))
                .isEqualTo(store.versions("s", true))
                .hasSize(2);
        assertThat(copy.versions("t", true))
                .isEqualTo(store.versions("t", true))
                .hasSize(1);
        assertThat(copy.subjects("", false)).containsExactly("s");
        assertThat(copy.level()).isEqualTo(Compatibility.FORWARD);
        assertThat(copy.level("s")).hasValue(Compatibility.NONE);
        assertThat(copy.level("t")).isEmpty();
        assertThat(copy.register("new", A_AND_B_REQUIRED)).isEqualTo(4);
    }

    @Test
    void aDeletedVersionNoLongerGuardsTheSubjectAndItsNumberIsNotGivenAgain() {
        store.register("s", A);
        store.deleteVersion("s", "latest");
        store.register("s", B);
        assertThat(store.versions("s", false))
                .extracting(SchemaVersion::version)
                .containsExactly(2);
    }

    @Test
    void aChangeThatCouldNotBeStoredIsNotVisibleAndNoOtherIsTaken() {
        store.register("s", A);
        full = true;
        assertThat(code(() -> store.register("s", A_AND_B))).isEqualTo(50001);
        full = false;
        assertThat(code(() -> store.register("s", A_AND_B))).isEqualTo(50001);
        assertThat(code(() -> store.setLevel("s", Compatibility.NONE))).isEqualTo(50001);
        assertThat(store.versions("s", false)).hasSize(1);
        assertThat(store.register("s", A)).isEqualTo(1);
    }

    @Test
    void aDefaultOfTheWrongTypeIsNoSchema() {
        assertThatThrownBy(() -> record("{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Invalid default");
    }
}
