package dev.whence.e2e.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A shop of two endpoints: {@code /checkout/<order>} asks {@code /pay/<order>}, which
 * declines every order whose name contains {@code fail}. Nothing but the JDK.
 */
public final class ShopApplication {

	private static final Logger logger = Logger.getLogger(ShopApplication.class.getName());

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private ShopApplication() {
	}

	public static void main(String[] args) throws IOException {
		int port = Integer.parseInt(args[0]);
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
		server.setExecutor(Executors.newFixedThreadPool(8));
		server.createContext("/checkout/", (exchange) -> checkout(exchange, port));
		server.createContext("/pay/", ShopApplication::pay);
		server.start();
	}

	private static void checkout(HttpExchange exchange, int port) throws IOException {
		String order = order(exchange);
		logger.log(Level.INFO, "Checkout of order {0}", order);
		try {
			HttpResponse<String> payment = HTTP.send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/pay/" + order)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (payment.statusCode() != 200) {
				logger.log(Level.SEVERE, "Checkout failed: the payment answered {0}", payment.statusCode());
				answer(exchange, 502, "no payment");
				return;
			}
			answer(exchange, 200, "thank you");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer(exchange, 503, "closing");
		}
	}

	private static void pay(HttpExchange exchange) throws IOException {
		String order = order(exchange);
		try {
			charge(order);
			answer(exchange, 200, "paid");
		}
		catch (IllegalStateException ex) {
			logger.log(Level.SEVERE, "Payment of order " + order + " failed", ex);
			answer(exchange, 500, "declined");
		}
	}

	private static void charge(String order) {
		if (order.contains("fail")) {
			throw new IllegalStateException("card declined by issuer");
		}
	}

	private static String order(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

}
