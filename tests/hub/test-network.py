#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and two desks over a bad line: one packet in twenty is lost, the rest
take 150 ms each way, and now and then nothing goes through at all. Everything
heals by itself.

Packets of real connections pass through a device of this program's own, in a
network of this program's own, which needs no rights where user namespaces are
allowed, and no tc. Where they are not, the test says so and is skipped."""

import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from desks import CTL, Desk, Hub, expect_same, rows

SKIPPED = 77
NEAR, FAR = "10.9.0.1", "10.9.0.2"
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
HEALED = 30  # seconds
INSIDE = "LINLI_TEST_OWN_NETWORK"


class BadLine(threading.Thread):
    """What goes to FAR comes back to NEAR as if FAR had sent it: so both ends of
    a connection can be on one machine. Exchanging the two addresses leaves
    every checksum right."""

    def __init__(self):
        super().__init__(daemon=True)
        self.device = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.device, TUNSETIFF, struct.pack("16sH", b"bad0", IFF_TUN | IFF_NO_PI))
        for words in (["link", "set", "lo", "up"], ["addr", "add", NEAR + "/24", "dev", "bad0"],
                      ["link", "set", "bad0", "up"]):
            subprocess.run(["ip", *words], check=True)
        self.loss, self.delay, self.is_cut = 0.0, 0.0, False
        self.n_passed = self.n_lost = 0
        self.start()

    def run(self):
        rand = random.Random(5)
        under_way = []
        while True:
            wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
            if select.select([self.device], [], [], wait)[0]:
                packet = os.read(self.device, 65536)
                if packet[0] >> 4 != 4:
                    continue
                if self.is_cut or rand.random() < self.loss:
                    self.n_lost += 1
                else:
                    heapq.heappush(under_way, (time.monotonic() + self.delay, self.n_passed, packet))
                    self.n_passed += 1
            while under_way and under_way[0][0] <= time.monotonic():
                packet = heapq.heappop(under_way)[2]
                os.write(self.device, packet[:12] + packet[16:20] + packet[12:16] + packet[20:])


class Relay:
    """Desks speak plainly to this machine only; from here it goes over the line."""

    def __init__(self, port):
        self.target = (FAR, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near = self.listener.accept()[0]
            threading.Thread(target=self.serve, args=(near,), daemon=True).start()

    def serve(self, near):
        try:
            far = socket.create_connection(self.target, 60)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        threading.Thread(target=self.copy, args=(near, far), daemon=True).start()
        self.copy(far, near)

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def sync_meanwhile(desks, seconds):
    return [subprocess.Popen([CTL, "-s", desk.folder, "sync", str(seconds)], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL) for desk in desks]


def test_loss_and_delay(line, desks):
    """Slowly, but everything arrives."""
    line.loss, line.delay = 0.05, 0.15
    made = [desk.take_in(f"Over a bad line {i}") for i in range(3) for desk in desks]
    expect_same(*desks)
    assert set(made) <= set(rows(desks[0]))
    assert line.n_lost > 0


def test_cuts(line, desks):
    """Cut in the middle of it, twice, and healed."""
    rand = random.Random(18)
    made = []
    for _ in range(2):
        made += [desk.take_in("Before the cut") for desk in desks]
        processes = sync_meanwhile(desks, 4)
        time.sleep(rand.uniform(0.2, 0.8))
        line.is_cut = True
        time.sleep(rand.uniform(0.5, 1.5))
        for process in processes:
            assert process.wait(60) in (0, 4)
        line.is_cut = False
    began = time.monotonic()
    expect_same(*desks)
    taken = time.monotonic() - began
    assert set(made) <= set(rows(desks[1]))
    assert taken < HEALED, taken
    return taken


def run():
    try:
        line = BadLine()
    except OSError as error:
        print(f"skipped: no network device of one's own here ({error})")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="linli-network-") as name:
        scratch = Path(name)
        hub = Hub(scratch / "hub", "-a", NEAR)
        try:
            relay = Relay(hub.port)
            desks = [Desk(scratch / "one"), Desk(scratch / "two")]
            desks[0].ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            for desk in desks:
                desk.join(hub, relay.port)
            test_loss_and_delay(line, desks)
            taken = test_cuts(line, desks)
            print(f"{line.n_passed} packets passed, {line.n_lost} lost; the last cut was healed after {taken:.1f} s")
        finally:
            if hub.process.poll() is None:
                hub.process.kill()
    return 0


def main():
    if INSIDE in os.environ:
        return run()
    here = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*here, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        print("skipped: this machine does not allow a network of one's own (unshare --user --net)")
        return SKIPPED
    return subprocess.run([*here, sys.executable, *sys.argv], env={**os.environ, INSIDE: "1"}, check=False).returncode


sys.exit(main())
