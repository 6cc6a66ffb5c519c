# Trang dành cho cán bộ
desk-skip = Đến nội dung chính
desk-nav = Các mục làm việc
desk-group-ask = Lấy ý kiến
desk-group-listen = Lắng nghe
desk-group-system = Hệ thống
desk-rounds = Đợt lấy ý kiến
desk-units = Đơn vị
desk-alerts = Ý kiến cần xem ngay
desk-alerts-short = Cần xem ngay
desk-waiting = ý kiến chưa xem
desk-urgent = { $shown } ý kiến cần xem ngay
desk-urgent-many = Hơn { $n } ý kiến cần xem ngay
desk-tokens = Mã truy cập API
desk-account = Tài khoản
other-language = English
other-language-code = en
sign-out = Đăng xuất
staff-form-elsewhere = Yêu cầu này được gửi từ một trang khác nên chưa có gì được lưu. Anh/chị hãy mở lại trang của hệ thống rồi làm lại.
staff-form-broken = Biểu mẫu gửi lên bị thiếu hoặc sai nên chưa có gì được lưu. Anh/chị hãy mở lại trang rồi làm lại.

# Đăng nhập
sign-in = Đăng nhập
sign-in-for-staff = Trang của cán bộ
sign-in-failed = Chưa đăng nhập được
login = Tên đăng nhập
password = Mật khẩu
sign-in-wrong = Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị hãy kiểm tra lại rồi nhập lần nữa.
sign-in-wait-seconds = Mật khẩu đã bị nhập sai nhiều lần. Anh/chị hãy thử lại sau { $shown } giây.
sign-in-wait-minutes = Mật khẩu đã bị nhập sai nhiều lần. Anh/chị hãy thử lại sau { $minutes } phút nữa, từ lúc { $clock }.
sign-in-crowded = Từ mạng đang dùng có quá nhiều lượt nhập mật khẩu. Anh/chị hãy thử lại sau { $shown } giây.
sign-in-busy = Đang có nhiều người đăng nhập cùng lúc. Anh/chị hãy thử lại sau vài giây.
sign-in-ended = Phiên làm việc đã hết nên chưa lưu được. Xin đăng nhập lại.

# Đường dẫn dùng một lần
link-title = Đặt mật khẩu
link-greeting = Xin chào { $name }. Anh/chị hãy đặt mật khẩu để bắt đầu làm việc.
link-save = Lưu mật khẩu và đăng nhập
link-once = Đường dẫn này chỉ dùng được một lần. Xin đừng gửi cho người khác.
link-gone-title = Đường dẫn không còn dùng được
link-gone-text = Đường dẫn này đã được dùng, đã hết hạn hoặc chép chưa đủ. Nếu đã đặt mật khẩu, anh/chị có thể đăng nhập ngay; nếu chưa, hãy nhờ người quản trị gửi đường dẫn mới.
password-new = Mật khẩu mới
password-again = Nhập lại mật khẩu mới
password-rule = Ít nhất { $shown } ký tự. Một câu dài dễ nhớ thì tốt hơn một từ khó; không dùng tên đăng nhập.
password-short = Mật khẩu cần ít nhất { $shown } ký tự. Anh/chị có thể dùng cả một câu dễ nhớ.
password-login = Mật khẩu gần giống tên đăng nhập nên dễ bị đoán. Anh/chị hãy chọn mật khẩu khác.
password-common = Mật khẩu này nhiều người dùng nên dễ bị đoán. Anh/chị hãy chọn mật khẩu khác.
password-differs = Hai lần nhập mật khẩu không giống nhau. Anh/chị hãy nhập lại cả hai.

# Tài khoản
account-change = Đổi mật khẩu
account-changed = Đã đổi mật khẩu. Những thiết bị khác đăng nhập bằng mật khẩu cũ đã bị đăng xuất.
account-current-wrong = Mật khẩu đang dùng chưa đúng. Anh/chị hãy nhập lại.
account-sessions = Đang đăng nhập trên { $shown } thiết bị
account-sessions-hint = Nếu anh/chị từng đăng nhập trên máy dùng chung, hãy đăng xuất khỏi mọi thiết bị rồi đăng nhập lại.
account-sign-out-everywhere = Đăng xuất khỏi mọi thiết bị
password-current = Mật khẩu đang dùng
account-no-round = Tài khoản này chưa được giao đợt nào.
account-no-round-text = Các đợt lấy ý kiến do Sở, phường, xã tổ chức; mã QR và kết quả của đơn vị anh/chị do nơi tổ chức gửi. Ở đây anh/chị đổi được mật khẩu và đăng xuất khỏi thiết bị khác.

# Mã truy cập API
token-hint = Cho chương trình khác đọc số liệu. Mỗi chương trình một mã, thu hồi được bất cứ lúc nào.
token-description = Mô tả API cho người viết chương trình (OpenAPI 3.1)
token-none = Chưa có mã nào.
token-made = Đã tạo mã “{ $name }”. Anh/chị hãy chép ngay: mã chỉ hiện một lần.
token-new = Tạo mã mới
token-new-button = Tạo mã
token-name = Tên chương trình
token-scopes = Được đọc
token-unit = Phạm vi
token-expires = Ngày cuối dùng được
token-no-expiry = Không có hạn
token-do = Việc
token-revoke = Thu hồi
token-revoked-on = Đã thu hồi ngày { $date }
token-expired = Đã hết hạn
token-name-wrong = Anh/chị hãy ghi tên chương trình, không quá 120 ký tự.
token-scope-missing = Anh/chị hãy chọn ít nhất một loại số liệu được đọc.
token-expiry-wrong = Anh/chị hãy chọn ngày cuối dùng được, từ hôm nay trở đi.
token-unit-wrong = Anh/chị hãy chọn một đơn vị thuộc phạm vi của mình.
scope-aggregates = Số tổng hợp
scope-aggregates-hint = Chỉ những bản đã công bố; nhóm quá nhỏ được che.
scope-submissions = Từng phiếu
scope-submissions-hint = Chỉ dành cho người phân tích của đơn vị chủ trì.
token-done-revoked = Đã thu hồi mã. Chương trình dùng mã này không đọc được số liệu nữa.
token-done-made-before = Mã này đã được tạo và đã hiện một lần, nên không hiện lại. Nếu chưa kịp chép, anh/chị hãy thu hồi rồi tạo mã mới.

# Biểu mẫu gửi khi phiên làm việc đã hết
kept-title = Gửi lại phần chưa lưu?
kept-text = Anh/chị đã đăng nhập lại. Phần vừa điền chưa được lưu nhưng vẫn còn ở đây, gửi lại là xong.
kept-send = Gửi lại phần vừa điền
kept-leave = Bỏ, mở lại trang
desk-contents = Mục lục
