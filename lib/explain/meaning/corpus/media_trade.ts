/** Messages of video, games, payments, shops and telephony. */
import type { Software } from "./software.ts";

/** Media and trade. */
export const MEDIA_TRADE: readonly Software[] = [
  {
    name: "video and sound",
    messages: {
      data: [
        "stream 0: header damaged, skipping frame",
        "error while decoding MB 12 44, bytestream -8",
        "timestamps are unset in a packet, pts missing",
        "unsupported codec id in track 2",
        "playlist manifest malformed: segment duration absent",
        "subtitle file not valid utf-8",
        "audio sample rate changes within file",
        "concealing 412 errors in P frame",
        "manifest references segment with negative duration",
        "image dimensions are zero",
        "picture header corrupt, thumbnail not made",
      ],
      network: [
        "ingest connection dropped by publisher",
        "rtmp: server closed the session",
        "multicast group lost, no packets for 5 s",
        "srt link lost 12 % packets",
        "signal loss on input 2",
        "ice: no candidate pair works",
        "player buffer underrun, network too slow",
        "sdi input unlocked",
        "viewer disconnected: broken pipe",
      ],
      cpu: [
        "encoding slower than real time, dropping frames",
        "render thread cannot hold 60 fps",
        "too many simultaneous transcodes for this machine",
        "audio buffer underflow, device starved by load",
      ],
      quota: [
        "viewer limit of channel reached",
        "no free encoder slot",
        "bitrate above what the plan allows",
        "recording quota of tenant used up",
        "queue of incoming frames full, discarding oldest",
      ],
      permission: [
        "geo blocked: title isn't available in region",
        "drm license denied: output not protected",
        "stream key not allowed to publish to this app",
      ],
      authentication: [
        "signed url of asset is expired",
        "publish token mismatch",
        "conference pin wrong",
      ],
      missing: [
        "segment 412.ts not on origin",
        "font file for subtitles not there",
        "asset <*> was removed by its owner",
        "no such preset 'hq720'",
      ],
      hardware: [
        "capture card lost power",
        "gpu encoder session failed: device error",
        "tuner 2 doesn't lock, defective?",
        "camera disconnected from usb bus",
      ],
      disk: [
        "recording directory is full, capture ended",
        "cannot write segment, filesystem read-only",
      ],
      timeout: [
        "origin needed more than 4 s for manifest",
        "player waited 20 s for first frame, gave up",
        "no keyframe within 10 s",
      ],
      dependency: [
        "drm license server replies with errors",
        "advert decision server unavailable, slot left empty",
        "cdn origin returns 5xx",
        "transcription service down",
      ],
      configuration: [
        "output template has two video tracks named main",
        "no audio device chosen",
        "ladder profile lacks resolution",
      ],
      crash: [
        "plugin crashed while filtering frame",
        "media engine ended with signal 6",
        "decoder aborted with assertion",
      ],
      memory: [
        "frame pool depleted, cannot allocate picture",
        "not enough video memory for surfaces",
      ],
      lock: [
        "recorder: file opened by another process",
        "camera is in use by another application",
      ],
      deployment: [
        "encoder library is older than the headers it was built with",
        "plugin built for other api level, not loaded",
      ],
      none: [
        "stream started, 2 tracks",
        "segment 88 uploaded",
        "viewer joined",
        "encoder drained at end of input",
        "switched to backup input as requested",
      ],
    },
  },
  {
    name: "games and chat servers",
    messages: {
      network: [
        "player timed out from server, connection lost",
        "client kicked: lost keepalive",
        "gateway websocket closed with code 1006",
        "matchmaker lost contact with game server",
      ],
      cpu: [
        "tick took 210 ms longer than its budget",
        "simulation lagging behind 88 ticks",
      ],
      authentication: [
        "user not authenticated with session servers",
        "login ticket rejected by platform",
        "bad handshake token from client",
      ],
      permission: [
        "player is not white-listed on this server",
        "you must be moderator to do that",
        "command requires operator level 4",
      ],
      attack: [
        "speed hack suspected for player <*>",
        "spam wave: 412 messages by new accounts",
        "packet flood from one client, kicking",
      ],
      data: [
        "chunk at 4,-12 is damaged, regenerating",
        "received packet of unknown id 0x88",
        "save file has wrong version header",
      ],
      quota: [
        "server full: 64 of 64 players",
        "message rejected: flood control of chat",
        "inventory holds at most 999 items",
      ],
      lock: [
        "save slot in use by running instance",
      ],
      deployment: [
        "outdated client, please update to 4.2",
        "plugin depends on economy, which is not there",
        "addon requires newer api",
      ],
      missing: [
        "world folder not found",
        "resource pack file missing on cdn",
        "emoji <*> unknown",
      ],
      memory: [
        "level could not be streamed in, pool over budget",
        "java edition server ran out of heap",
      ],
      crash: [
        "exception ticking world",
        "script error in event handler, plugin disabled",
        "server watchdog: a single tick took 60 seconds, dumping threads",
      ],
      dependency: [
        "account service offline, running in offline mode",
        "leaderboard backend not reachable",
      ],
      timeout: [
        "map vote closed without answer",
        "join request not answered within 15 s",
      ],
      none: [
        "player <*> joined the game",
        "saved the world in 812 ms",
        "backup of world finished",
        "round over, next map in 10 s",
      ],
    },
  },
  {
    name: "payments and shops",
    messages: {
      authentication: [
        "merchant key not accepted by acquirer",
        "3-D Secure challenge failed by cardholder",
        "hmac of callback does not match",
        "terminal not logged on at host",
        "pin tries exceeded",
      ],
      permission: [
        "merchant isn't enabled for this currency",
        "refund refused: role cashier may not refund",
        "card is restricted: transaction not permitted to cardholder",
      ],
      data: [
        "amount has three decimals for currency JPY",
        "iban fails its check digits",
        "field 55 of iso8583 message not parseable",
        "settlement file: trailer total differs from sum",
        "invoice line without tax code",
        "postal code does not fit country",
        "order refers to article that was deleted",
        "card number fails luhn check",
        "duplicate transaction reference",
      ],
      dependency: [
        "issuer or switch inoperative",
        "acquirer host down, transactions are stored and forwarded",
        "fraud scoring gave no verdict, falling back to rules",
        "exchange rate provider unavailable, yesterday's rates used",
        "shipping label service answers with error 500",
        "tax engine can't be reached",
      ],
      timeout: [
        "response from issuer received too late",
        "no reply from card network, reversal sent",
        "checkout step abandoned after 20 min",
        "webhook delivery attempt 4 got no answer in time",
      ],
      quota: [
        "withdrawal amount limit exceeded",
        "daily limit of card reached",
        "api calls above contract, request parked",
        "basket holds more than 200 positions",
        "velocity rule: too many payments by card",
      ],
      attack: [
        "card testing: 800 small authorisations from one merchant",
        "voucher codes are being guessed",
        "account takeover suspected, payout held",
        "coupon endpoint enumerated by bot",
      ],
      lock: [
        "stock record is being changed by another order",
        "payout batch already in progress",
        "optimistic version check of cart failed",
      ],
      hardware: [
        "cash dispenser jammed",
        "receipt printer out of paper",
        "card reader head dirty, read failures",
        "note acceptor cassette missing",
        "depository motor stalled",
      ],
      network: [
        "terminal lost its line to the host",
        "vpn to acquirer interrupted",
        "x.25 link to switch down",
      ],
      tls: [
        "payment page certificate doesn't cover shop domain",
        "acquirer ended support for TLS 1.1, handshake refused",
      ],
      configuration: [
        "no tax rule for country CH",
        "terminal id not set up at acquirer",
        "payment method active without credentials",
      ],
      missing: [
        "order <*> unknown",
        "article has no picture, file not there",
        "price list for channel b2b not found",
      ],
      deployment: [
        "plugin checkout-plus incompatible with shop version 6",
        "database update of shop interrupted, tables missing columns",
      ],
      crash: [
        "order export died at record 812",
        "uncaught error in tax calculation",
      ],
      memory: [
        "export of catalogue needs more memory than php may use",
      ],
      cpu: [
        "search indexer occupies all cores, shop slows down",
      ],
      disk: [
        "invoice pdf could not be saved, disk is full",
      ],
      cluster: [
        "sessions of shop nodes diverge, carts are lost",
      ],
      none: [
        "payment <*> captured",
        "refund issued",
        "order <*> sent to warehouse",
        "reconciliation found no differences",
        "voucher redeemed",
        "settlement done, 812 records, 0 rejected",
      ],
    },
  },
  {
    name: "telephony and messaging gateways",
    messages: {
      network: [
        "trunk to carrier lost",
        "sms bind dropped by smsc",
        "no rtp packets received, call torn down",
        "one way audio: peer behind nat",
        "sctp association aborted",
      ],
      authentication: [
        "registration of phone <*> refused, digest wrong",
        "smpp bind failed: invalid system id or password",
      ],
      quota: [
        "no free channels on trunk",
        "submit throttled, smsc window is full",
        "calls per second above licence",
      ],
      data: [
        "sdp offer has no common codec",
        "sms with invalid destination number",
        "tcap component malformed",
        "cdr record misses end time",
      ],
      missing: [
        "number is not assigned",
        "voicemail greeting file not found",
        "no dial plan entry for <*>",
      ],
      timeout: [
        "called party didn't answer for 60 s",
        "diameter: answer to CCR not received within Tx",
        "register request got no final response",
      ],
      dependency: [
        "home subscriber server gives no answer",
        "speech engine unavailable, announcing text instead",
      ],
      attack: [
        "toll fraud suspected: 900 calls to premium numbers",
        "scan by friendly sip scanner",
      ],
      cluster: [
        "media servers lost state replication",
      ],
      hardware: [
        "e1 span 2: red alarm, loss of signal",
        "echo canceller dsp failed",
      ],
      cpu: [
        "call processing overloaded, new calls rejected",
      ],
      configuration: [
        "codec list of trunk is empty",
        "extension 4412 defined twice",
      ],
      none: [
        "call <*> answered",
        "trunk registered",
        "conference 12 ended, 4 participants",
        "delivery receipt received",
      ],
    },
  },
];
