package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The recipes of {@code docs/analysts.md}, run as they are written, as far as their interpreters are there. */
final class Recipes {
    private static final Path DOCUMENT = Path.of("../../docs/analysts.md");

    private Recipes() {}

    private static List<String> written(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        var matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    /** Asks a running server in SQL. */
    static void sql(int port) throws Exception {
        List<String> questions = written("sql");
        assertThat(questions).isNotEmpty();
        for (String question : questions) {
            var answer = Program.get(port, "/v1/sql?query=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
            assertThat(answer.path("rows")).as("%s: %s", question, answer).isNotEmpty();
        }
    }

    /**
     * Reads exported tables with pandas and R, and what DuckDB's shell is given with the library.
     *
     * @param directory where the folder of tables is
     */
    static void scripts(Path directory) throws Exception {
        run(directory, "python", List.of("python3", "-c", "import pandas"), List.of("python3", "-c"));
        run(directory, "r", List.of("Rscript", "-e", "1"), List.of("Rscript", "-e"));
        duckDb(directory);
    }

    private static void duckDb(Path directory) throws Exception {
        var shell = Pattern.compile("duckdb -c \"(.*)\"");
        int asked = 0;
        for (String script : written("sh")) {
            var command = shell.matcher(script);
            while (command.find()) {
                String question = command.group(1).replace("'tables/", "'" + directory.resolve("tables") + "/");
                try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                        var statement = connection.createStatement();
                        var rows = statement.executeQuery(question)) {
                    assertThat(rows.next()).as(question).isTrue();
                }
                asked++;
            }
        }
        assertThat(asked).as("recipes for DuckDB").isPositive();
    }

    private static void run(Path directory, String language, List<String> isThere, List<String> command)
            throws Exception {
        if (code(directory, isThere) != 0) {
            System.out.println("Recipes: " + isThere + " does not work here; not run: " + language);
            return;
        }
        for (String script : written(language)) {
            List<String> all = new ArrayList<>(command);
            all.add(script);
            assertThat(code(directory, all))
                    .as("%s%n%s", script, output(directory))
                    .isZero();
            assertThat(output(directory)).as(script).isNotBlank();
        }
    }

    private static int code(Path directory, List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("recipe.log").toFile())
                    .start();
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }

    private static String output(Path directory) throws IOException {
        return Files.readString(directory.resolve("recipe.log"));
    }
}
