package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.surgewire.standalone.Program.Ended;

/** {@code surgewire extract} as its users start it. */
@EnabledOnOs(OS.LINUX)
class ExtractIT {
    private static final String DATED =
            """
            {"id":"a","publisher":"ICE","published":"2020-09-28","hard":"passed over","text":"ICE arrests 12 in Mecklenburg \
            County, North Carolina\\nCHARLOTTE, N.C. – Officers arrested 12 people in Mecklenburg County from September 21 to \
            25."}""";
    private static final String ESTIMATED =
            """
            {"id":"b","publisher":"ICE","published":null,"reference_date":"2018-04-17","text":"ICE arrests 225 in New York\\n\
            NEW YORK – Deportation officers arrested 225 people in New York from April 9 to 14 during Operation Keep Safe."}""";

    @TempDir
    Path directory;

    @Test
    void aFileAndStandardInputGiveTheSameFactsLineByLine() throws Exception {
        Path corpus = Files.write(directory.resolve("corpus.jsonl"), List.of(DATED, "", ESTIMATED));
        Ended ended = Program.run(directory, "extract", corpus.toString());
        assertThat(ended.code()).as(ended.err().toString()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).hasSize(2);

        JsonNode first = new ObjectMapper().readTree(ended.out().get(0));
        assertThat(first.get("id").textValue()).isEqualTo("a");
        assertThat(first.at("/arrests/total").asInt()).isEqualTo(12);
        assertThat(first.at("/arrests/qualifier").textValue()).isEqualTo("EXACT");
        assertThat(first.at("/period/start").textValue()).isEqualTo("2020-09-21");
        assertThat(first.at("/by_jurisdiction/0/ocd_id").textValue())
                .isEqualTo("ocd-division/country:us/state:nc/county:mecklenburg");
        JsonNode second = new ObjectMapper().readTree(ended.out().get(1));
        assertThat(second.at("/operation").textValue()).contains("Keep Safe");
        assertThat(second.at("/period/end").textValue()).isEqualTo("2018-04-14");

        assertThat(Program.runWithInput(corpus, directory, "extract")).isEqualTo(ended);
    }

    @Test
    void aLineThatCannotBeReadIsNamedTheOthersAreReadAndTheCommandFails() throws Exception {
        Path corpus = Files.write(
                directory.resolve("corpus.jsonl"),
                List.of("{", "{\"id\":\"x\"}", DATED.replace("2020-09-28", "2020-13-28"), DATED));
        Ended ended = Program.run(directory, "extract", corpus.toString());
        assertThat(ended.out()).hasSize(1);
        assertThat(ended.err()).hasSize(4);
        for (int line = 1; line <= 3; line++) {
            assertThat(ended.err().get(line - 1)).startsWith("surgewire: line " + line + ": ");
        }
        assertThat(ended.err().get(3)).startsWith("surgewire: not all lines could be read: 3 refused");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void aMissingFileIsOneLine() throws Exception {
        Ended ended = Program.run(directory, "extract", "missing.jsonl");
        assertThat(ended.err())
                .containsExactly("surgewire: cannot read: missing.jsonl; name a JSON Lines file, plain or gzip");
        assertThat(ended.code()).isEqualTo(1);
    }
}
