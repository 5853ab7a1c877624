package org.surgewire.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** From an empty cluster to counts, and back; the steps build on each other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentIT {
    private static final String CALIFORNIA =
            "/v1/jurisdictions/ocd-division/country:us/state:ca/counts?from=2020-11-01&to=2020-12-31";
    private static final String RELEASE =
            """
            {"source": "ice-newsroom", "publisher": "U.S. Immigration and Customs Enforcement", \
            "url": "https://composed.example/ice/2020/12/01/fresno", "published": "2020-12-01", \
            "title": "ICE arrests 7 people in Fresno, California", \
            "text": "FRESNO, Calif. – Deportation officers of U.S. Immigration and Customs Enforcement (ICE) arrested \
            7 people in Fresno on November 30, the agency said Tuesday."}
            this is no release
            """;

    private static Deployment deployment;

    @BeforeAll
    static void start() {
        deployment = new Deployment();
    }

    @AfterAll
    static void stop() {
        deployment.close();
    }

    private static JsonNode countedCalifornia(GenericContainer<?> streams) {
        JsonNode[] total = new JsonNode[1];
        Awaitility.await("California is counted")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    total[0] = Deployment.get(streams, CALIFORNIA).path("total");
                    assertThat(total[0].path("best").asLong()).isEqualTo(7);
                });
        return total[0];
    }

    @Test
    @Order(1)
    void applyingTopicsTwiceChangesNothingTheSecondTime() {
        var first = deployment.run("topics", "apply");
        assertThat(first.code()).as(first.output()).isZero();
        assertThat(first.output()).contains("topic enforcement.counts.v1: make", "changes made");
        var second = deployment.run("topics", "apply", "--dry-run");
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(second.output()).contains("surgewire: 0 changes to make");
    }

    @Test
    @Order(2)
    void theRegistryRefusesASchemaThatIsNotFullyCompatible() {
        String other =
                """
                {"type": "record", "name": "Alert", "namespace": "org.surgewire.schemas",
                 "fields": [{"name": "somethingElse", "type": "string"}]}
                """;
        assertThat(deployment.register("enforcement.alerts.v1-value", other)).isEqualTo(409);
    }

    @Test
    @Order(3)
    void releasesOfAFileAreCountedAndWhatIsNoReleaseIsParked(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("releases.jsonl"), RELEASE);
        var published = deployment.run(List.of(file), "ingest", "file", "/files/releases.jsonl");
        assertThat(published.code()).as(published.output()).isZero();
        assertThat(published.output()).contains("1 revisions published", "1 parked");
        var letters = deployment.run("dlq", "list");
        assertThat(letters.output()).contains("NOT_JSON").doesNotContain("this is no release");

        GenericContainer<?> streams = deployment.startStreams();
        JsonNode counted = countedCalifornia(streams);
        var refused = deployment.run("streams", "reset");
        assertThat(refused.code()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output()).contains("the pipeline is running");
        // SIGTERM, so that it leaves its group.
        streams.getDockerClient()
                .stopContainerCmd(streams.getContainerId())
                .withTimeout(60)
                .exec();

        var reset = deployment.run("streams", "reset");
        assertThat(reset.code()).as(reset.output()).isZero();
        assertThat(reset.output()).contains("-changelog", "group surgewire-");
        assertThat(countedCalifornia(deployment.startStreams())).isEqualTo(counted);
    }

    @Test
    @Order(4)
    void deadLettersThatAreStillNoReleaseStayWhereTheyAre() {
        var replayed = deployment.run("dlq", "replay");
        assertThat(replayed.code()).as(replayed.output()).isZero();
        assertThat(replayed.output()).contains("0 replayed, 1 left as they are");
    }
}
