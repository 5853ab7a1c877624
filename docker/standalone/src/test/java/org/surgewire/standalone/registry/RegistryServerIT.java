package org.surgewire.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.standalone.broker.EmbeddedBroker;

class RegistryServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AvroSchema COUNT = new AvroSchema(SchemaBuilder.record("Count")
            .namespace("test")
            .doc("What was counted")
            .fields()
            .requiredInt("arrests")
            .endRecord());
    private static final AvroSchema COUNT_AND_PLACE = new AvroSchema(SchemaBuilder.record("Count")
            .namespace("test")
            .doc("What was counted, and where")
            .fields()
            .requiredInt("arrests")
            .name("place")
            .type()
            .stringType()
            .stringDefault("")
            .endRecord());
    private static final AvroSchema COUNT_AS_TEXT = new AvroSchema(SchemaBuilder.record("Count")
            .namespace("test")
            .fields()
            .requiredString("arrests")
            .endRecord());

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private RegistryServer registry;
    private SchemaRegistryClient client;
    private String subject;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start(directory, failure -> {});
    }

    @AfterAll
    static void stopBroker() throws IOException {
        broker.close();
    }

    @BeforeEach
    void startRegistry(TestInfo test) throws IOException {
        start();
        subject = test.getDisplayName().replaceAll("[^A-Za-z]", "") + "-value";
    }

    @AfterEach
    void stopRegistry() throws IOException {
        client.close();
        registry.close();
    }

    private void start() throws IOException {
        registry = RegistryServer.start(broker.bootstrapServers(), 0);
        client = new CachedSchemaRegistryClient(registry.url(), 100);
    }

    private void restart() throws IOException {
        stopRegistry();
        start();
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registry.url() + path))
                                .header("Content-Type", type)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, "application/vnd.schemaregistry.v1+json", body);
    }

    private static void assertRefused(HttpResponse<String> response, int status, int code) throws Exception {
        JsonNode body = JSON.readTree(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(body.path("error_code").asInt()).isEqualTo(code);
        assertThat(body.path("message").asText()).isNotBlank().doesNotContain("\tat ", "Exception");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void aRegisteredSchemaIsFoundByIdByVersionAndByItself() throws Exception {
        int id = client.register(subject, COUNT);
        var fresh = new CachedSchemaRegistryClient(registry.url(), 100);
        assertThat(fresh.getSchemaById(id)).isEqualTo(COUNT);
        assertThat(fresh.getId(subject, COUNT)).isEqualTo(id);
        assertThat(fresh.getVersion(subject, COUNT)).isEqualTo(1);
        assertThat(fresh.getLatestSchemaMetadata(subject).getSchema()).isEqualTo(COUNT.canonicalString());
        assertThat(fresh.getSchemaMetadata(subject, 1).getId()).isEqualTo(id);
        assertThat(fresh.getAllVersions(subject)).containsExactly(1);
        assertThat(fresh.getAllSubjects()).contains(subject);
        assertThat(fresh.getAllSubjectsById(id)).contains(subject);
        fresh.close();
    }

    @Test
    void theSameSchemaHasTheSameIdUnderEverySubjectAndAnotherDocIsAnotherSchema() throws Exception {
        int id = client.register(subject, COUNT);
        assertThat(client.register(subject + "-other", COUNT)).isEqualTo(id);
        var otherDoc = new AvroSchema(COUNT.canonicalString().replace("What was counted", "What somebody counted"));
        assertThat(client.register(subject, otherDoc)).isNotEqualTo(id);
        assertThat(client.getAllVersions(subject)).containsExactly(1, 2);
    }

    @Test
    void whiteSpaceAndTheOrderOfPropertiesMakeNoOtherSchema() throws Exception {
        String one = "{\"schema\":\"{\\\"type\\\":\\\"string\\\",\\\"a\\\":1,\\\"b\\\":2}\"}";
        String two = "{\"schema\":\"{ \\\"b\\\":2, \\\"type\\\": \\\"string\\\", \\\"a\\\":1}\"}";
        String path = "/subjects/" + subject + "/versions?normalize=true";
        assertThat(send("POST", path, two).body())
                .isEqualTo(send("POST", path, one).body());
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithTheReason() throws Exception {
        client.register(subject, COUNT);
        assertThat(client.testCompatibility(subject, COUNT_AS_TEXT)).isFalse();
        assertThat(client.testCompatibilityVerbose(subject, COUNT_AS_TEXT)).anyMatch(m -> m.contains("TYPE_MISMATCH"));
        var refused = catchThrowableOfType(RestClientException.class, () -> client.register(subject, COUNT_AS_TEXT));
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getErrorCode()).isEqualTo(409);
        assertThat(refused).hasMessageContaining(subject).hasMessageContaining("TYPE_MISMATCH");
        assertThat(client.getAllVersions(subject)).containsExactly(1);
    }

    @Test
    void aCompatibleSchemaIsTheNextVersion() throws Exception {
        int first = client.register(subject, COUNT);
        assertThat(client.testCompatibilityVerbose(subject, COUNT_AND_PLACE)).isEmpty();
        assertThat(client.register(subject, COUNT_AND_PLACE)).isGreaterThan(first);
        assertThat(client.getLatestSchemaMetadata(subject).getVersion()).isEqualTo(2);
    }

    @Test
    void theLevelOfASubjectCanBeChangedAndTakenBack() throws Exception {
        assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
        client.register(subject, COUNT);
        client.updateCompatibility(subject, "NONE");
        assertThat(client.getCompatibility(subject)).isEqualTo("NONE");
        assertThat(client.testCompatibility(subject, COUNT_AS_TEXT)).isTrue();
        client.deleteCompatibility(subject);
        assertThat(client.testCompatibility(subject, COUNT_AS_TEXT)).isFalse();
        assertRefused(send("GET", "/config/" + subject, ""), 404, 40408);
        assertThat(send("GET", "/config/" + subject + "?defaultToGlobal=true", "")
                        .body())
                .contains("FULL_TRANSITIVE");
    }

    @Test
    void aRestartKeepsIdsVersionsLevelsAndDeletions() throws Exception {
        int id = client.register(subject, COUNT);
        int next = client.register(subject, COUNT_AND_PLACE);
        client.updateCompatibility(subject, "FORWARD");
        String gone = subject + "-gone";
        client.register(gone, COUNT);
        client.deleteSubject(gone);

        restart();
        assertThat(client.getId(subject, COUNT)).isEqualTo(id);
        assertThat(client.getId(subject, COUNT_AND_PLACE)).isEqualTo(next);
        assertThat(client.getAllVersions(subject)).containsExactly(1, 2);
        assertThat(client.getCompatibility(subject)).isEqualTo("FORWARD");
        assertThat(client.getAllSubjects()).contains(subject).doesNotContain(gone);
        var another = new AvroSchema("{\"type\":\"fixed\",\"name\":\"" + subject.replace('-', '_') + "\",\"size\":3}");
        assertThat(client.register(subject + "-new", another)).isGreaterThan(next);
    }

    @Test
    void aDeletedSubjectIsHiddenButItsIdStillReadsRecords() throws Exception {
        int id = client.register(subject, COUNT);
        assertThat(client.deleteSubject(subject)).containsExactly(1);
        assertRefused(send("GET", "/subjects/" + subject + "/versions", ""), 404, 40401);
        assertRefused(send("DELETE", "/subjects/" + subject, ""), 404, 40404);
        assertRefused(send("DELETE", "/subjects/" + subject + "?permanent=true", ""), 422, 42205);
        assertThat(send("GET", "/subjects/" + subject + "/versions?deleted=true", "")
                        .body())
                .isEqualTo("[1]");
        assertThat(new CachedSchemaRegistryClient(registry.url(), 100).getSchemaById(id))
                .isEqualTo(COUNT);
        client.reset();
        assertThat(client.register(subject, COUNT)).isEqualTo(id);
        assertThat(client.getAllVersions(subject)).containsExactly(2);
    }

    @Test
    void anIdThatIsNotKnownComesWithTheHighestThatIs() throws Exception {
        int id = client.register(subject, COUNT);
        assertRefused(send("GET", "/schemas/ids/100000", ""), 404, 40403);
        JsonNode answer = JSON.readTree(send("GET", "/schemas/ids/" + id + "?fetchMaxId=true&subject=x", "")
                .body());
        assertThat(answer.path("maxId").asInt()).isGreaterThanOrEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nothing                              |  | 404 | 404",
                "PATCH  | /subjects                             |  | 405 | 405",
                "GET    | /subjects/none/versions               |  | 404 | 40401",
                "GET    | /subjects/known/versions/7            |  | 404 | 40402",
                "GET    | /subjects/known/versions/0            |  | 422 | 42202",
                "GET    | /subjects/known/versions/one          |  | 422 | 42202",
                "GET    | /schemas/ids/one                      |  | 404 | 404",
                "POST   | /subjects/x/versions                  | not JSON | 400 | 400",
                "POST   | /subjects/x/versions                  |  | 400 | 400",
                "POST   | /subjects/x/versions                  | [] | 400 | 400",
                "POST   | /subjects/x/versions                  | {} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":7} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"null null\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"[]}\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"{\\\"type\\\":\\\"record\\\"}\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"{\\\"type\\\":\\\"enum\\\",\\\"name\\\":\\\"E\\\",\\\"symbols\\\":7}\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"F\\\",\\\"size\\\":-1}\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"syntax = 1\",\"schemaType\":\"PROTOBUF\"} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"a\"}]} | 422 | 42201",
                "POST   | /subjects/x/versions                  | {\"schema\":\"\\\"int\\\"\",\"id\":7} | 422 | 42205",
                "POST   | /subjects/%20/versions                | {\"schema\":\"\\\"int\\\"\"} | 422 | 42208",
                "POST   | /subjects/a%00b/versions              | {\"schema\":\"\\\"int\\\"\"} | 422 | 42208",
                "POST   | /subjects/known                       | {\"schema\":\"\\\"int\\\"\"} | 404 | 40403",
                "POST   | /subjects/none                        | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "POST   | /compatibility/subjects/none/versions/latest | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "PUT    | /config/known                         | {\"compatibility\":\"SOMETIMES\"} | 422 | 42203",
                "PUT    | /config                               | {} | 422 | 42203",
                "PUT    | /mode                                 | {\"mode\":\"IMPORT\"} | 405 | 405",
            })
    void aRequestThatCannotBeAnsweredIsRefusedWithConfluentsCode(
            String method, String path, String body, int status, int code) throws Exception {
        client.register("known", COUNT);
        assertRefused(send(method, path, body == null ? "" : body), status, code);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        String long_ = "{\"schema\":\"" + " ".repeat(1 << 20) + "\"}";
        assertRefused(send("POST", "/subjects/x/versions", long_), 413, 413);
    }

    @Test
    void aSchemaThatNestsTooDeeplyIsRefused() throws Exception {
        for (int depth : List.of(400, 900, 20_000)) {
            String nested = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
            var response = send(
                    "POST", "/subjects/deep" + depth + "/versions", JSON.writeValueAsString(Map.of("schema", nested)));
            assertThat(response.statusCode())
                    .as("depth %d: %s", depth, response.body())
                    .isIn(200, 422);
        }
    }

    @Test
    void aFormOfAnotherSiteIsRefused() throws Exception {
        assertRefused(send("PUT", "/config", "text/plain", "{\"compatibility\":\"NONE\"}"), 415, 415);
    }

    @Test
    void aPortInUseIsRefusedInOneLine() {
        int port = URI.create(registry.url()).getPort();
        assertThatThrownBy(() -> RegistryServer.start(broker.bootstrapServers(), port))
                .isInstanceOf(IOException.class)
                .hasMessage("port " + port + " of 127.0.0.1 is in use; choose another for the registry");
    }
}
