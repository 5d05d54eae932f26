package dev.whence.standalone.evaluate.data;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.whence.standalone.evaluate.data.TopologyFile.Call;
import dev.whence.standalone.evaluate.data.TopologyFile.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyFileTests {

	@TempDir
	Path folder;

	@Test
	void instancesHaveTheirServiceAndTheirHost() throws Exception {
		TopologyFile topology = read("""
				{"edges": [{"source": "cart-1", "target": "cart", "label": "instance_of"},
				           {"source": "cart", "target": "cart-1", "label": "has_instance"},
				           {"source": "cart-1", "target": "node-1", "label": "hosted_on"},
				           {"source": "redis", "target": "node-2", "label": "hosted_on"}]}""");
		assertThat(topology.placements()).containsExactly(new Placement("cart", "cart-1", "node-1"),
				new Placement("redis", null, "node-2"));
		assertThat(topology.names()).containsExactlyInAnyOrder("cart-1", "cart", "node-1", "redis", "node-2");
	}

	@Test
	void callsHaveTwoEnds() throws Exception {
		assertThat(read("""
				{"edges": [{"caller": "web", "callee": "cart"}]}""").calls()).containsExactly(new Call("web", "cart"));
	}

	private TopologyFile read(String json) throws Exception {
		return TopologyFile.read(Files.writeString(this.folder.resolve("topology.json"), json));
	}

}
