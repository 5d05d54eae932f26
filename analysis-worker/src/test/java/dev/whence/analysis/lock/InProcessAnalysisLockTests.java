package dev.whence.analysis.lock;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;

class InProcessAnalysisLockTests extends AnalysisLockKit {

	private final Leases leases = new Leases(System::nanoTime);

	private final Map<AnalysisLock, ScheduledThreadPoolExecutor> watchdogs = new IdentityHashMap<>();

	private final CountDownLatch stalled = new CountDownLatch(1);

	@Override
	AnalysisLock newWorker() {
		ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1);
		AnalysisLock worker = new InProcessAnalysisLock(this.leases, PROPERTIES.lease(), watchdog, this.metrics);
		this.watchdogs.put(worker, watchdog);
		return worker;
	}

	@Override
	void stall(AnalysisLock worker) {
		this.watchdogs.get(worker).submit(() -> {
			this.stalled.await();
			return null;
		});
	}

	@Override
	void resume(AnalysisLock worker) {
		this.stalled.countDown();
	}

}
