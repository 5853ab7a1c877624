package org.surgewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SurgewireTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "fail")
    private record Fail(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private int run(boolean debug, Exception failure, String... arguments) {
        CommandLine command = Surgewire.commandLine(debug);
        command.addSubcommand(new Fail(failure));
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private int run(String... arguments) {
        return run(false, new IOException("never thrown"), arguments);
    }

    private String failWith(Exception failure) {
        assertThat(run(false, failure, "fail")).isEqualTo(1);
        return err.toString().strip();
    }

    @Test
    void helpAndVersionGoToStandardOutputAndSucceed() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("Usage: surgewire", "Exit codes:", "surgewire development");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aCallWithoutCommandIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("surgewire: a command is missing; see surgewire --help");
    }

    @Test
    void aMistypedCommandIsAUsageErrorWithASuggestion() {
        assertThat(run("fails")).isEqualTo(2);
        assertThat(err.toString().strip())
                .startsWith("surgewire: Unmatched argument at index 0: 'fails'; did you mean ")
                .contains("fail")
                .endsWith("see surgewire --help")
                .hasLineCount(1);
    }

    @Test
    void anUnknownOptionOfACommandPointsToItsHelp() {
        assertThat(run("fail", "--nothing")).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("see surgewire fail --help").hasLineCount(1);
    }

    @Test
    void aFailureIsOneLineOfWhatWhereAndWhatToDo() {
        assertThat(failWith(new Failure("cannot open the page", "port 1 is in use", "choose another with --port")))
                .isEqualTo("surgewire: cannot open the page: port 1 is in use; choose another with --port");
    }

    @Test
    void anInputErrorIsItsMessageOnOneLine() {
        assertThat(failWith(new IOException("first\n  second"))).isEqualTo("surgewire: first second");
    }

    @Test
    void aMissingFileIsNamedAsSuch() {
        assertThat(failWith(new NoSuchFileException("a.jsonl"))).isEqualTo("surgewire: no such file: a.jsonl");
    }

    @Test
    void anErrorOfTheProgramSaysHowToSeeMore() {
        assertThat(failWith(new IllegalStateException("oops")))
                .isEqualTo("surgewire: internal error: java.lang.IllegalStateException: oops;"
                        + " set SURGEWIRE_DEBUG=1 to see where");
    }

    @Test
    void debuggingAddsTheStackTrace() {
        assertThat(run(true, new IOException("x"), "fail")).isEqualTo(1);
        assertThat(err.toString()).startsWith("surgewire: x").contains("\tat org.surgewire");
    }
}
