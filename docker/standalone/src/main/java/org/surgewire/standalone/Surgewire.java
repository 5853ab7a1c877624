package org.surgewire.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Objects;
import org.surgewire.ingest.text.OneLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 when the command did its work, 2 when it was called wrongly, 1 when it failed. A
 * failure is one line on standard error; SURGEWIRE_DEBUG=1 adds the stack trace.
 */
@Command(
        name = "surgewire",
        description = "Counts and surge alerts from official enforcement announcements, each event counted once.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            Demo.class,
            Ingest.class,
            Streams.class,
            TopicCommands.class,
            Backup.class,
            Restore.class,
            Dlq.class,
            DeliveryCommands.class,
            Reextract.class,
            Replay.class,
            ExportTables.class,
            Sql.class,
            Backtest.class,
            Extract.class,
            Evaluate.class,
            SurgeBenchmark.class,
            CountingBenchmark.class,
            QueryBenchmark.class,
            IngestBenchmark.class
        },
        versionProvider = Surgewire.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:called wrongly"})
public final class Surgewire implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    public static void main(String[] arguments) {
        boolean debug = "1".equals(System.getenv("SURGEWIRE_DEBUG"));
        if (debug) {
            // logback.xml asks for it, when the first logger is made.
            System.setProperty("surgewire.log.frames", "full");
        }
        System.exit(commandLine(debug).execute(arguments));
    }

    static CommandLine commandLine(boolean debug) {
        return new CommandLine(new Surgewire())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Surgewire::calledWrongly)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command, debug));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int calledWrongly(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        command.getErr()
                .println("surgewire: " + oneLine(Objects.toString(e.getMessage(), "wrong arguments"))
                        + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?")
                        + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, boolean debug) {
        PrintWriter err = command.getErr();
        err.println("surgewire: " + oneLine(describe(e)));
        if (debug) {
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String describe(Exception e) {
        String message = Objects.toString(e.getMessage(), "");
        if (e instanceof Failure) {
            return message;
        }
        if (e instanceof FileSystemException file) {
            return describe(file);
        }
        if (e instanceof IOException && !message.isEmpty()) {
            return message;
        }
        return "internal error: " + e + "; set SURGEWIRE_DEBUG=1 to see where";
    }

    /** The message of these is often the bare path. */
    private static String describe(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file: " + e.getFile();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: " + e.getFile();
        }
        if (e instanceof FileAlreadyExistsException) {
            return "exists already: " + e.getFile();
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory: " + e.getFile();
        }
        return Objects.toString(e.getMessage(), e.toString());
    }

    private static String oneLine(String text) {
        return OneLine.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Surgewire.class.getPackage().getImplementationVersion();
            return new String[] {"surgewire " + (version == null ? "development" : version)};
        }
    }
}
