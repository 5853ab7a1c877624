package org.surgewire.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "topics",
        description = "Sets a Kafka cluster and its schema registry up for Surgewire.",
        subcommands = {TopicsApply.class, TopicsAcls.class},
        synopsisSubcommandLabel = "COMMAND")
final class TopicCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: apply or acls");
    }
}
