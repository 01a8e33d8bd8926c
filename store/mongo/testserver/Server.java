import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** A stand-in for MongoDB, in memory. Port 0 takes a free one; the first line of output is the address. */
public class Server {
    /** By itself it reports wire version 8, which the driver refuses. */
    record Version() implements MongoVersion {
        public List<Integer> getVersionArray() { return List.of(5, 0, 0); }
        public int getWireVersion() { return 13; }
    }

    public static void main(String[] args) {
        MongoServer server = new MongoServer(new MemoryBackend().version(new Version()));
        server.bind("127.0.0.1", Integer.parseInt(args[0]));
        System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
    }
}
