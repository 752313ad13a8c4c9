import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Writes to a topic and starts an Instance with the JDK's client as it is, which offers HTTP/2 with each request. */
public class UpgradingClient {
    public static void main(String[] args) throws Exception {
        String url = args[0];
        String topic = url + "/topic/" + args[2];
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("in chunks\n".getBytes()));
        System.out.println(post(topic, "text/plain", BodyPublishers.ofString("from a text\n")).statusCode());
        System.out.println(post(topic, "text/plain", stream).statusCode());
        BodyPublisher start = BodyPublishers.ofString("{\"args\": [\"from\", \"java\"]}");
        HttpResponse<String> reply = post(url + "/sequence/" + args[1] + "/start", "application/json", start);
        System.out.println(reply.statusCode());
        System.out.println(reply.body());
    }

    private static HttpResponse<String> post(String url, String type, BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(body).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
