package org.surgewire.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "streams",
        description = "Links, counts and judges announcements on a Kafka cluster, and serves the page and the API.",
        subcommands = {StreamsRun.class, StreamsReset.class},
        synopsisSubcommandLabel = "COMMAND")
final class Streams implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: run or reset");
    }
}
