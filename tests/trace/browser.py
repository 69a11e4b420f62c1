# SPDX-License-Identifier: BSD-2-Clause
"""A headless Chromium, driven through the DevTools protocol on a pipe.  Standard library only."""
import base64
import json
import os
import select
import subprocess
import tempfile
import time

FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--hide-scrollbars', '--remote-debugging-pipe']


class Browser:
    """One page.  Everything that it says on its console, and every exception, is in .messages."""

    def __init__(self, program='chromium', width=1280, height=900):
        self.profile = tempfile.TemporaryDirectory()
        to_read, self.to = os.pipe()
        self.got, from_write = os.pipe()
        os.dup2(to_read, 13), os.dup2(from_write, 14)
        self.process = subprocess.Popen(
            ['bash', '-c', 'exec "$@" 3<&13 4>&14', 'bash', program, *FLAGS,
             f'--user-data-dir={self.profile.name}', f'--window-size={width},{height}',
             'about:blank'], pass_fds=(13, 14), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for fd in (to_read, from_write, 13, 14):
            os.close(fd)
        self.buffer, self.number, self.messages, self.session = b'', 0, [], None
        targets = self.call('Target.getTargets')['targetInfos']
        page = next(t for t in targets if t['type'] == 'page')
        self.session = self.call('Target.attachToTarget', targetId=page['targetId'],
                                 flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(f'{domain}.enable')
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height,
                  deviceScaleFactor=1, mobile=False)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.to), os.close(self.got)
        for _ in range(50):
            try:
                self.profile.cleanup()
                return
            except OSError:
                time.sleep(0.1)

    def receive(self, deadline):
        while b'\0' not in self.buffer:
            if not select.select([self.got], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError('the browser does not answer')
            data = os.read(self.got, 1 << 20)
            if not data:
                raise EOFError('the browser has ended')
            self.buffer += data
        message, self.buffer = self.buffer.split(b'\0', 1)
        message = json.loads(message)
        method, params = message.get('method', ''), message.get('params', {})
        if method in ('Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'):
            self.messages.append(json.dumps(params)[:1500])
        if method == 'Network.requestWillBeSent':
            url = params['request']['url']
            if not url.startswith(('file:', 'data:', 'blob:', 'about:')):
                self.messages.append(f'asks the network for {url}')
        return message

    def call(self, method, timeout=60, **params):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.to, json.dumps(message).encode() + b'\0')
        deadline = time.monotonic() + timeout
        while True:
            answer = self.receive(deadline)
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]["message"]}')
                return answer['result']

    def run(self, script, timeout=60):
        """The value of a JavaScript expression; promises are waited for."""
        result = self.call('Runtime.evaluate', timeout, expression=script, returnByValue=True,
                           awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(json.dumps(result['exceptionDetails'])[:1500])
        return result['result'].get('value')

    def open(self, url, ready, timeout=60):
        """Opens a page and waits until the expression is true."""
        self.call('Page.navigate', url=url)
        deadline = time.monotonic() + timeout
        while not self.run(ready):
            if time.monotonic() > deadline:
                raise TimeoutError(f'{url}: never {ready}: {self.messages}')
            time.sleep(0.05)

    def scheme(self, name):
        self.call('Emulation.setEmulatedMedia',
                  features=[{'name': 'prefers-color-scheme', 'value': name}])

    def picture(self, path, whole=True):
        data = self.call('Page.captureScreenshot', captureBeyondViewport=whole, format='png')
        with open(path, 'wb') as f:
            f.write(base64.b64decode(data['data']))
