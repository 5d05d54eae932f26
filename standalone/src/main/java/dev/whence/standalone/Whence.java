package dev.whence.standalone;

import java.util.Arrays;

import dev.whence.instrumenter.command.InstrumentCommand;
import dev.whence.standalone.demo.Demo;
import dev.whence.standalone.evaluate.EvaluateCommand;
import dev.whence.standalone.server.StandaloneOptions;
import dev.whence.standalone.server.StandaloneServer;

/** The commands of the one jar behind {@code ./whence}. */
public final class Whence {

	private Whence() {
	}

	public static void main(String[] args) {
		String command = (args.length > 0) ? args[0] : "up";
		String[] rest = (args.length > 1) ? Arrays.copyOfRange(args, 1, args.length) : new String[0];
		try {
			switch (command) {
				case "demo" -> Demo.run(rest);
				case "evaluate" -> EvaluateCommand.run(rest);
				case "instrument" -> InstrumentCommand.main(rest);
				case "train" -> Training.run(rest);
				case "up" -> StandaloneServer.start(StandaloneOptions.parse(rest));
				default -> throw new StartException("There is no command '" + command + "'.", null);
			}
		}
		catch (StartException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

}
