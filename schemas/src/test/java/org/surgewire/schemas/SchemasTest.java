package org.surgewire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topic;
import org.surgewire.schemas.topics.Topics;

/**
 * The compatibility promise. {@code src/main/avro-history/RECORD/vN.avsc} holds every version that was ever released,
 * whole and unchanged; the newest must be the present schema, and each must read and be read by every other. To change
 * a schema: change the {@code .avsc}, run this test, and add the file that it prints as the next version.
 */
class SchemasTest {
    private static final Path HISTORY = Path.of("src/main/avro-history");
    private final Topics topics = Topics.on(Registry.autoRegistering("mock://schemas-test"), 1);

    private Stream<Schema> schemas() {
        return topics.all().stream().map(Topic::schema).distinct();
    }

    @TestFactory
    Stream<DynamicTest> theNewestVersionInTheHistoryIsThePresentSchema() {
        return schemas()
                .map(schema -> DynamicTest.dynamicTest(schema.getName(), () -> {
                    List<Schema> history = history(schema.getName());
                    String present = pretty(schema);
                    assertThat(history.isEmpty() ? "no version" : pretty(history.get(history.size() - 1)))
                            .as("add this as %s/%s/v%d.avsc", HISTORY, schema.getName(), history.size() + 1)
                            .isEqualTo(present);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyVersionReadsAndIsReadByEveryOther() {
        var fullTransitive = new SchemaValidatorBuilder().mutualReadStrategy().validateAll();
        return schemas()
                .map(schema -> DynamicTest.dynamicTest(schema.getName(), () -> {
                    List<Schema> earlier = new ArrayList<>();
                    for (Schema version : history(schema.getName())) {
                        assertThatCode(() -> fullTransitive.validate(version, earlier))
                                .doesNotThrowAnyException();
                        earlier.add(0, version);
                    }
                }));
    }

    @Test
    void everyRecordAndFieldIsDocumented() {
        Set<Schema> records = new LinkedHashSet<>();
        schemas().forEach(schema -> collect(schema, records));
        assertThat(records).hasSizeGreaterThan(10).allSatisfy(record -> {
            assertThat(record.getDoc()).as(record.getName()).isNotBlank();
            assertThat(record.getFields()).allSatisfy(field -> assertThat(field.doc())
                    .as("%s.%s", record.getName(), field.name())
                    .isNotBlank());
        });
    }

    @Test
    void codeListsAreStringsSoThatANewCodeBreaksNoReader() {
        Set<Schema> records = new LinkedHashSet<>();
        schemas().forEach(schema -> collect(schema, records));
        assertThat(records).allSatisfy(record -> assertThat(pretty(record)).doesNotContain("\"enum\""));
    }

    private static void collect(Schema schema, Set<Schema> records) {
        switch (schema.getType()) {
            case RECORD -> {
                if (records.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), records));
                }
            }
            case ARRAY -> collect(schema.getElementType(), records);
            case UNION -> schema.getTypes().forEach(type -> collect(type, records));
            default -> {}
        }
    }

    private static String pretty(Schema schema) {
        return SchemaFormatter.format("json/pretty", schema) + "\n";
    }

    private static List<Schema> history(String record) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int v = 1; Files.exists(HISTORY.resolve(record).resolve("v" + v + ".avsc")); v++) {
            versions.add(new Schema.Parser()
                    .parse(Files.readString(HISTORY.resolve(record).resolve("v" + v + ".avsc"))));
        }
        return versions;
    }
}
