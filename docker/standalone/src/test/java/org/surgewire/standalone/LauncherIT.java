package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with a Java and a Maven that only say what they were asked. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final String JAR = "docker/standalone/target/surgewire.jar";
    private static final String BUILT = "mkdir -p docker/standalone/target && touch " + JAR + "\n";

    @TempDir
    Path directory;

    private Path root;
    private Path elsewhere;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void checkOut() throws IOException {
        root = Files.createDirectories(directory.resolve("src/a check out"));
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.copy(Path.of(System.getProperty("basedir", "."), "../../surgewire"), root.resolve("surgewire"));
        Files.setPosixFilePermissions(root.resolve("surgewire"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String source : List.of(
                "pom.xml",
                ".mvn/maven.config",
                "schemas/src/main/A.java",
                "ingest/pom.xml",
                "streams/pom.xml",
                "docker/standalone/pom.xml")) {
            write(root.resolve(source), "");
        }
        java("17.0.15");
        maven(BUILT);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private void program(String name, String script) throws IOException {
        Path file = directory.resolve("jdk home/bin").resolve(name);
        write(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void java(String version) throws IOException {
        program(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\" 2026-01-01' >&2; exit; fi\n"
                        + "pwd; printf '<%s>\\n' \"$@\"; exit 7\n");
    }

    private void maven(String script) throws IOException {
        program("mvn", "echo built >> '" + directory.resolve("builds") + "'\n" + script);
    }

    private long builds() throws IOException {
        Path builds = directory.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private ProcessBuilder command(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(root.resolve("surgewire").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(elsewhere.toFile());
        process.environment().remove("SURGEWIRE_JAVA_OPTS");
        process.environment().put("JAVA_HOME", directory.resolve("jdk home").toString());
        process.environment().merge("PATH", directory.resolve("jdk home/bin") + ":", (path, first) -> first + path);
        process.environment().putAll(environment);
        return process;
    }

    private static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        return end(command(environment, arguments).start());
    }

    @Test
    void argumentsFolderAndExitCodeArePassedThrough() throws Exception {
        Ended ended = run(Map.of("SURGEWIRE_JAVA_OPTS", "-Xmx2g -Dx=y"), "replay", "a file.jsonl", "");
        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.out())
                .startsWith(elsewhere.toRealPath(LinkOption.NOFOLLOW_LINKS) + "\n")
                .contains("<-Xmx2g>\n<-Dx=y>\n<-jar>\n")
                .endsWith(JAR + ">\n<replay>\n<a file.jsonl>\n<>\n")
                .doesNotContain("native-access");
    }

    @Test
    void aNewerJavaIsAllowedTheNativeAccessItWouldWarnAbout() throws Exception {
        java("25");
        assertThat(run(Map.of()).out())
                .contains("<--enable-native-access=ALL-UNNAMED>", "<--sun-misc-unsafe-memory-access=allow>");
    }

    @Test
    void itBuildsOnceAndAgainAfterAChangeOrARemovalOfASource() throws Exception {
        run(Map.of());
        run(Map.of());
        assertThat(builds()).isEqualTo(1);
        Path source = root.resolve("schemas/src/main/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        run(Map.of());
        assertThat(builds()).isEqualTo(2);
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(2)));
        run(Map.of());
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void aSymbolicLinkToItWorks() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("sw"), root.resolve("surgewire"));
        var process = command(Map.of());
        process.command(link.toString());
        assertThat(end(process.start()).code()).isEqualTo(7);
    }

    @Test
    void ofTwoStartsAtOnceOnlyOneBuilds() throws Exception {
        assumeThat(Path.of("/usr/bin/flock")).exists();
        maven("sleep 1\n" + BUILT);
        Process first = command(Map.of()).start();
        Process second = command(Map.of()).start();
        assertThat(end(first).code()).isEqualTo(7);
        assertThat(end(second).code()).isEqualTo(7);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsItsLastLinesAndIsTriedAgain() throws Exception {
        maven("echo 'ERROR: no such symbol'; exit 1\n");
        Ended ended = run(Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("ERROR: no such symbol\nsurgewire: the build failed");
        run(Map.of());
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws Exception {
        for (String old : List.of("1.8.0_292", "11.0.2", "16")) {
            java(old);
            assertRefused(run(Map.of()), " is Java ");
        }
    }

    @Test
    void noJavaIsRefusedInOneLine() throws Exception {
        assertRefused(run(Map.of("JAVA_HOME", elsewhere.toString())), "no Java in JAVA_HOME");
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "readlink", "find", "env")) {
            Path file = tools.resolve(tool);
            Files.writeString(file, "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertRefused(run(Map.of("JAVA_HOME", "", "PATH", tools.toString())), "no Java on PATH");
    }

    private static void assertRefused(Ended ended, String reason) {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith("surgewire: ")
                .contains(reason, "JDK 17 or newer")
                .hasLineCount(1);
    }
}
