package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The built {@code surgewire.jar} as a process of its own. What it prints goes to files, so that it never blocks. */
final class Program implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Path JAR = Path.of("target/surgewire.jar").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** How it ended. */
    record Ended(int code, List<String> out, List<String> err) {}

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(List<String> command, Path directory, Path input) throws IOException {
        Files.createDirectories(directory);
        out = Files.createTempFile(directory, "out", ".txt");
        err = Files.createTempFile(directory, "err", ".txt");
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    /** Starts a command in a directory, where it also keeps its temporary files. */
    static Program start(Path directory, String... arguments) throws IOException {
        return startOf(JAR, directory, arguments);
    }

    /** As {@link #start}, of another build. */
    static Program startOf(Path jar, Path directory, String... arguments) throws IOException {
        return new Program(command(jar, directory, arguments), directory, Path.of("/dev/null"));
    }

    /** As {@link #start}, by a shell word that leaves the signal of Ctrl-C as a terminal would. */
    static Program startAsInTerminal(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(command(JAR, directory, arguments));
        return new Program(command, directory, Path.of("/dev/null"));
    }

    /** Runs a command to its end. */
    static Ended run(Path directory, String... arguments) throws Exception {
        return runWithInput(Path.of("/dev/null"), directory, arguments);
    }

    /** Runs a command to its end on this standard input. */
    static Ended runWithInput(Path input, Path directory, String... arguments) throws Exception {
        try (var program = new Program(command(JAR, directory, arguments), directory, input)) {
            return program.end();
        }
    }

    /** How a command of a build is run with temporary files in a directory. */
    static List<String> command(Path jar, Path directory, String... arguments) {
        List<String> command = java();
        command.addAll(List.of(
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** This Java, without the warnings of newer ones about what Kafka does; to be added to. */
    static List<String> java() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return command;
    }

    /** A port that is free now. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a line of its output matches, and returns the match. */
    Matcher awaitLine(String regex) {
        var pattern = Pattern.compile(regex);
        Matcher[] found = new Matcher[1];
        Awaitility.await(regex).atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as(() -> this + " goes on").isTrue();
            List<String> printed = new ArrayList<>(lines(out));
            printed.addAll(lines(err));
            for (String line : printed) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    found[0] = matcher;
                    return true;
                }
            }
            return false;
        });
        return found[0];
    }

    /** The answer of a path on a port of this machine; fails when it is not 200. */
    static JsonNode get(int port, String path) {
        HttpResponse<String> response = response(port, path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<String> response(int port, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal by its name: {@code INT}, {@code TERM}, {@code KILL}. */
    void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    /** Ends it at once, unless it has ended. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    Ended end() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> this + " ends")
                .isTrue();
        return new Ended(process.exitValue(), lines(out), lines(err));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return process.info().commandLine().orElse("surgewire") + "\n" + lines(out) + "\n" + lines(err);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
