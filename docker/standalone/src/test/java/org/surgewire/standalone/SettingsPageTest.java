package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code docs/settings.md} and {@code .env.example} say what the program and the deployment really take. Run with
 * {@code -Dsurgewire.settings=write}, it writes the page.
 */
class SettingsPageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/settings.md");
    private static final Path COMPOSE = ROOT.resolve("docker/compose.yaml");
    private static final Path EXAMPLE = ROOT.resolve("docker/.env.example");
    private static final Path LOGS = Path.of("src/main/resources/logback.xml");

    private static final Pattern IN_COMPOSE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):-([^}]*)}");
    private static final Pattern IN_EXAMPLE = Pattern.compile("#?([A-Z][A-Z0-9_]*)=(.*)");
    private static final Pattern IN_LOGS = Pattern.compile("(\\w+(?:\\.\\w+)*)\" level=\"\\$\\{(SURGEWIRE_[A-Z_]+):-");

    @Test
    void thePageSaysWhatCommandsAndDeploymentTake() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("surgewire.settings"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("mvn -pl docker/standalone -am test -Dtest=SettingsPageTest -Dsurgewire.settings=write")
                .hasContent(page);
    }

    @Test
    void everySettingOfTheDeploymentIsInTheExampleWithItsDefault() throws IOException {
        Map<String, String> example = new TreeMap<>();
        for (Line line : example()) {
            example.put(line.name(), line.value());
        }
        Map<String, String> compose = new TreeMap<>();
        Matcher matcher = IN_COMPOSE.matcher(Files.readString(COMPOSE));
        while (matcher.find()) {
            String before = compose.put(matcher.group(1), matcher.group(2));
            assertThat(before).as("defaults of " + matcher.group(1)).isIn(null, compose.get(matcher.group(1)));
        }
        // An example is more use there than an empty value.
        example.computeIfPresent("INGEST_OPTIONS", (name, value) -> "");
        assertThat(example).isEqualTo(compose);
    }

    /** A setting of the example with the comment above it. */
    private record Line(String section, String name, String value, String comment) {}

    private static List<Line> example() throws IOException {
        List<Line> lines = new ArrayList<>();
        String section = "";
        var comment = new StringBuilder();
        for (String text : Files.readAllLines(EXAMPLE)) {
            Matcher setting = IN_EXAMPLE.matcher(text);
            if (setting.matches()) {
                lines.add(new Line(section, setting.group(1), setting.group(2), comment.toString()));
                comment.setLength(0);
            } else if (text.startsWith("# ---")) {
                section = text.substring(5).strip();
                comment.setLength(0);
            } else if (text.startsWith("# ")) {
                comment.append(comment.isEmpty() ? "" : " ")
                        .append(text.substring(2).strip());
            } else {
                comment.setLength(0);
            }
        }
        return lines;
    }

    private static String page() throws IOException {
        var page = new StringBuilder(
                """
                # Settings

                Written by SettingsPageTest from the commands, `docker/.env.example` and `logback.xml`: change those.

                ## Deployment

                Variables of [docker/compose.yaml](../docker/compose.yaml), set in `docker/.env`.

                """);
        String section = "";
        for (Line line : example()) {
            if (!line.section().equals(section)) {
                section = line.section();
                page.append("**").append(section).append("**\n\n| variable | default | |\n|---|---|---|\n");
            }
            page.append("| `%s` | %s | %s |\n".formatted(line.name(), code(line.value()), line.comment()));
            if (isLastOfSection(line)) {
                page.append('\n');
            }
        }
        page.append("## Environment of every process\n\n| variable | |\n|---|---|\n");
        page.append("| `SURGEWIRE_DEBUG` | `1` shows where an error happened |\n");
        page.append("| `SURGEWIRE_LOG` | level of all that has none of its own; WARN unless set |\n");
        Map<String, List<String>> levels = new TreeMap<>();
        Matcher logger = IN_LOGS.matcher(Files.readString(LOGS));
        while (logger.find()) {
            levels.computeIfAbsent(logger.group(2), name -> new ArrayList<>()).add("`" + logger.group(1) + "`");
        }
        levels.forEach((name, packages) ->
                page.append("| `%s` | level of %s |\n".formatted(name, String.join(", ", packages))));
        page.append("| `SURGEWIRE_LOG_FORMAT` | `plain`, or `json` for an object on each line |\n");
        page.append("\n## Commands\n");
        commands(page, new CommandLine(new Surgewire()).getCommandSpec());
        return page.toString();
    }

    private static boolean isLastOfSection(Line line) throws IOException {
        List<Line> all = example();
        int next = all.indexOf(line) + 1;
        return next == all.size() || !all.get(next).section().equals(line.section());
    }

    private static void commands(StringBuilder page, CommandSpec command) {
        List<OptionSpec> options = command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
        if (command.subcommands().isEmpty()) {
            page.append("\n### %s\n\n%s\n"
                    .formatted(
                            command.qualifiedName(),
                            String.join(" ", command.usageMessage().description())
                                    .replaceAll("\\s+", " ")
                                    .strip()));
            if (!options.isEmpty() || !command.positionalParameters().isEmpty()) {
                page.append("\n| option | default | |\n|---|---|---|\n");
            }
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                page.append(
                        "| `%s` | | %s |\n".formatted(parameter.paramLabel(), description(parameter.description())));
            }
            for (OptionSpec option : options) {
                String name = option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
                String standard = option.required() ? "required" : code(option.defaultValue());
                page.append("| `%s` | %s | %s |\n".formatted(name, standard, description(option.description())));
            }
        }
        command.subcommands().values().stream().distinct().forEach(each -> commands(page, each.getCommandSpec()));
    }

    private static String description(String[] lines) {
        return String.join(" ", lines)
                .replaceAll(" ?\\(default: [^;)]*\\)", "")
                .replaceAll("\\(default: [^;)]*; ", "(")
                .replace("|", "\\|");
    }

    private static String code(String value) {
        return value == null || value.isEmpty() ? "" : "`" + value + "`";
    }
}
