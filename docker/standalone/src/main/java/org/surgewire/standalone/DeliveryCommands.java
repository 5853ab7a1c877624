package org.surgewire.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "deliveries",
        description = "Shows how far subscriptions have got, and has a disabled one tried again.",
        subcommands = {DeliveriesList.class, DeliveriesEnable.class},
        synopsisSubcommandLabel = "COMMAND")
final class DeliveryCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or enable");
    }
}
