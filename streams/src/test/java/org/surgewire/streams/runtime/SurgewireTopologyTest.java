package org.surgewire.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;
import org.surgewire.streams.alerts.AlertSettings;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.stores.StateStores;

class SurgewireTopologyTest {
    private static final Path DESCRIPTION = Path.of("topology.txt");

    /** A changed name is an empty store after a deploy: who changes the description knows it. */
    @Test
    void theTopologyIsTheOneDescribed() throws IOException {
        var properties = new StreamsSettings(
                        "described", "unused:1", Path.of("target/described"), 1, 0, Duration.ofSeconds(1), 1, "")
                .toProperties();
        String description = SurgewireTopology.of(
                        StateStores.inMemory(),
                        Topics.on(Registry.autoRegistering("mock://described"), 1),
                        Jurisdictions.bundled(),
                        new Clock.OfAnnouncements(),
                        AlertSettings.defaults(),
                        properties)
                .describe()
                .toString();
        Files.writeString(Path.of("target/topology.txt"), description);
        assertThat(Files.exists(DESCRIPTION) ? Files.readString(DESCRIPTION) : "")
                .as("if the change is meant: cp streams/target/topology.txt streams/topology.txt")
                .isEqualTo(description);
    }
}
