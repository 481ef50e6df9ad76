"""Debian's Chromium, as all tests and figures start it."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserType

CHROMIUM = "/usr/bin/chromium"
# The list for its address bar is a page that every new window draws, unseen, which takes longer than most pages here.
# The other names are those that Playwright switches off itself: of two such arguments only the last counts.
OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    *("TcpPortRandomizationWin", "ThirdPartyStoragePartitioning"),
)
# There is no graphics processor to help: to imitate one costs a sixth more than to draw without.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", f"--disable-features={','.join(OFF)}"]


def started(chromium: BrowserType) -> Browser:
    return chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
